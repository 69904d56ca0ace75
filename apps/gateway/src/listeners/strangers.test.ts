// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { Strangers } from './strangers.ts'

test('one address may have half of the room, so that others still get in; who leaves makes room', () => {
  const strangers = new Strangers(6)
  const flood = Array.from({ length: 3 }, () => strangers.enter())
  for (const stranger of flood) expect(stranger?.comesFrom('192.0.2.1')).toBe(true)
  const tooMany = strangers.enter()
  expect(tooMany?.comesFrom('192.0.2.1')).toBe(false)
  expect(strangers.enter()?.comesFrom('192.0.2.2')).toBe(true)
  flood[0]?.leave()
  flood[0]?.leave()
  const next = strangers.enter()
  expect(next?.comesFrom('192.0.2.1')).toBe(true)
  tooMany?.leave()
  expect(strangers.enter()?.comesFrom('192.0.2.1')).toBe(false)
})

test('all addresses together have no more than all the room', () => {
  const strangers = new Strangers(4)
  for (let host = 0; host < 4; host++) expect(strangers.enter()?.comesFrom(`192.0.2.${host}`)).toBe(true)
  expect(strangers.enter()).toBeUndefined()
})
