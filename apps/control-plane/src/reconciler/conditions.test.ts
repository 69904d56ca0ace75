// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import { expect, test } from 'vitest'
import { blocked, conditionsFrom, failed, settled, working } from './conditions.ts'

const EARLY = new Date('2026-11-21T10:00:00Z')
const LATE = new Date('2026-11-21T11:00:00Z')

test('since moves only when a status changes, so that it tells how long something is so', () => {
  const first = conditionsFrom(working('Absent', 'Not there.', 'create'), [], EARLY)
  const second = conditionsFrom(working('Differs', 'Other words.', 'change'), first, LATE)
  expect(second.map(({ since }) => since)).toEqual(first.map(({ since }) => since))
  const third = conditionsFrom(settled('All well.'), second, LATE)
  expect(third.find(({ type }) => type === 'Accepted')?.since).toBe(EARLY.toISOString())
  expect(third.find(({ type }) => type === 'Ready')?.since).toBe(LATE.toISOString())
})

test('a verdict always has all four conditions in order, Ready last', () => {
  const conditions = conditionsFrom(settled('All well.'), [], EARLY)
  expect(conditions.map(({ type }) => type)).toEqual(['Accepted', 'Planned', 'Provisioned', 'Ready'])
  expect(conditions.every(({ status }) => status === 'True')).toBe(true)
})

test('what is blocked early fails everything after it, and nothing before', () => {
  const statuses = (at: 'Planned' | 'Provisioned') =>
    conditionsFrom(blocked(at, 'NoRoom', 'No room.'), [], EARLY).map(({ status }) => status)
  expect(statuses('Planned')).toEqual(['True', 'False', 'False', 'False'])
  expect(statuses('Provisioned')).toEqual(['True', 'True', 'False', 'False'])
})

test('while Kafka is away nobody knows; a refusal of Kafka is known', () => {
  const statusOf = (error: KaasError) => conditionsFrom(failed(error, 'observe'), [], EARLY).at(-1)
  expect(statusOf(new KaasError('kafka-unavailable', { message: 'Away.' }))).toMatchObject({
    status: 'Unknown',
    reason: 'KafkaUnavailable',
    step: 'observe',
  })
  expect(statusOf(new KaasError('kafka-settings-invalid', { message: 'No.' }))).toMatchObject({ status: 'False' })
})
