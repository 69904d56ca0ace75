// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import { expect, test } from 'vitest'
import { Kept } from './kept.ts'

/** A source whose readings end when the test says so. */
function source() {
  const waiting: PromiseWithResolvers<string>[] = []
  const load = () => {
    const reading = Promise.withResolvers<string>()
    waiting.push(reading)
    return reading.promise
  }
  return { load, waiting }
}

test('a list that was read before is shown at once while Kafka takes its time', async () => {
  const { load, waiting } = source()
  const kept = new Kept(load, { maxAgeMs: 0, patienceMs: 5 })
  const first = kept.get()
  waiting[0]?.resolve('one')
  expect(await first).toEqual({ value: 'one' })
  await new Promise((resolve) => setTimeout(resolve, 120))
  const started = performance.now()
  expect(await kept.get()).toEqual({ value: 'one' })
  expect(performance.now() - started).toBeLessThan(100)
  expect(waiting).toHaveLength(2)
  expect(await kept.get()).toEqual({ value: 'one' })
  expect(waiting).toHaveLength(2)
})

test('after a change of ours the next reader waits for a reading that began after it', async () => {
  const { load, waiting } = source()
  const kept = new Kept(load, { maxAgeMs: 60_000, patienceMs: 1 })
  const early = kept.get()
  kept.expire()
  const late = kept.get()
  waiting[0]?.resolve('before')
  await early
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(waiting).toHaveLength(2)
  const third = Promise.race([kept.get(), new Promise((resolve) => setTimeout(resolve, 50, 'waits'))])
  expect(await third).toBe('waits')
  waiting[1]?.resolve('after')
  expect(await late).toEqual({ value: 'after' })
})

test('when Kafka goes away the old list stays and the reason stands beside it', async () => {
  const { load, waiting } = source()
  const kept = new Kept(load, { maxAgeMs: 0, patienceMs: 1000 })
  const first = kept.get()
  waiting[0]?.resolve('one')
  await first
  await new Promise((resolve) => setTimeout(resolve, 120))
  const second = kept.get()
  waiting[1]?.reject(new KaasError('kafka-unavailable', { message: 'away' }))
  expect(await second).toMatchObject({ value: 'one', problem: { code: 'kafka-unavailable' } })
})
