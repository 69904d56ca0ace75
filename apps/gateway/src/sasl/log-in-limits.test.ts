// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { addressKeyOf } from './address-key.ts'
import { LogInLimits } from './log-in-limits.ts'

const BOUND = { most: 3, windowMs: 60_000 }

function limitsWith(bound = BOUND) {
  const blocked: string[] = []
  return { limits: new LogInLimits(bound, (address, failures) => blocked.push(`${address} ${failures}`)), blocked }
}

async function fail(limits: LogInLimits, address: string, nowMs: number): Promise<boolean> {
  const isWelcome = await limits.enter(address, nowMs)
  if (isWelcome) limits.left(address, true, nowMs)
  return isWelcome
}

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::7', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('the address %s counts as %s', (address, key) => {
  expect(addressKeyOf(address)).toBe(key)
})

test('after too many failures an address is blocked, others are not, and after the time it may try again', async () => {
  const { limits, blocked } = limitsWith()
  expect(await Promise.all([1, 2, 3].map(() => fail(limits, '192.0.2.1', 0)))).toEqual([true, true, true])
  expect(await fail(limits, '192.0.2.1', 59_999)).toBe(false)
  expect(await fail(limits, '192.0.2.2', 0)).toBe(true)
  expect(await fail(limits, '192.0.2.1', 60_000)).toBe(true)
  expect(blocked).toEqual(['192.0.2.1 3'])
})

test('failures are forgotten when their minute is over', async () => {
  const { limits, blocked } = limitsWith()
  for (let minute = 0; minute < 5; minute++) {
    await fail(limits, 'a', minute * 60_000)
    await fail(limits, 'a', minute * 60_000 + 1)
  }
  expect(blocked).toEqual([])
})

test('a network of IPv6 counts as one client', async () => {
  const { limits } = limitsWith()
  for (const host of [1, 2, 3]) await fail(limits, `2001:db8::${host}`, 0)
  expect(await limits.enter('2001:db8::4', 0)).toBe(false)
  expect(await limits.enter('2001:db8:0:1::4', 0)).toBe(true)
})

test('many at once are no way around the limit; those who wait are let in as others succeed, and nobody is refused for it', async () => {
  const { limits, blocked } = limitsWith()
  const entered: number[] = []
  const all = Array.from({ length: 10 }, async (_, index) => {
    expect(await limits.enter('a', 0)).toBe(true)
    entered.push(index)
  })
  await Promise.resolve()
  expect(entered.length).toBe(3)
  for (let done = 0; done < 10; done++) {
    limits.left('a', false, 0)
    await Promise.resolve()
    await Promise.resolve()
  }
  await Promise.all(all)
  expect(blocked).toEqual([])
  expect(limits.size).toBe(0)
})

test('who waits behind failures is refused when these reach the limit', async () => {
  const { limits } = limitsWith()
  for (let index = 0; index < 3; index++) await limits.enter('a', 0)
  const waiting = limits.enter('a', 0)
  for (let index = 0; index < 3; index++) limits.left('a', true, 0)
  expect(await waiting).toBe(false)
})

test('a blocked address that goes on is told why some times, and then closed before TLS', async () => {
  const { limits } = limitsWith()
  for (let index = 0; index < 3; index++) await fail(limits, 'a', 0)
  const welcomed = Array.from({ length: 1000 }, () => limits.welcomes('a', 1)).filter(Boolean)
  expect(welcomed).toHaveLength(20)
  expect(limits.welcomes('b', 1)).toBe(true)
  expect(limits.welcomes('a', 60_000)).toBe(true)
})

test('however many addresses come, they do not fill the memory', async () => {
  const limits = new LogInLimits(BOUND, () => {}, 100)
  for (let index = 0; index < 1000; index++) await fail(limits, `host-${index}`, 0)
  expect(limits.size).toBe(100)
})

test('a bound of 0 is none', async () => {
  const { limits } = limitsWith({ most: 0, windowMs: 1 })
  for (let index = 0; index < 100; index++) expect(await fail(limits, 'a', 0)).toBe(true)
})
