// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { TopicIndex } from './topic-index.ts'

const SMALL = 3
const NAMES = ['orders.a', 'orders.b', 'shop.a', 'shop.b', 'x', ...Array.from({ length: 20 }, (_, at) => `other.${at}`)]

/** An index of which the names were read once, and counts of readings. */
async function readOnce(names: readonly string[] = NAMES, atMs = 0) {
  const index = new TopicIndex(SMALL)
  const seen = { readings: 0, names }
  const read = async () => {
    seen.readings += 1
    return { names: seen.names, tookMs: 1 }
  }
  const ask = (tenant: string, nowMs: number) => index.namesOf(tenant, nowMs, read)
  expect(await ask('orders', atMs), 'the first is for Kafka').toBeUndefined()
  await settled()
  return { index, ask, seen }
}

test('names are those of the tenant and of nobody whose name begins alike', async () => {
  const { ask } = await readOnce([...NAMES, 'orders-2.a', 'order.s'])
  expect(await ask('orders', 10)).toEqual(['orders.a', 'orders.b'])
  expect(await ask('nobody', 10)).toEqual([])
})

test('many who ask within the age of the names cost no further reading, and one for all of them afterwards', async () => {
  const { ask, seen } = await readOnce()
  for (let ms = 1; ms < 120; ms += 1) await ask('orders', ms)
  expect(seen.readings).toBe(1)
  await Promise.all([ask('orders', 240), ask('shop', 241), ask('orders', 242)])
  await settled()
  expect(seen.readings).toBe(2)
})

test('names are never told when they are older than the limit: busy, they are read first, and quiet, Kafka is asked', async () => {
  const { ask, seen } = await readOnce()
  expect(await ask('orders', 200)).toEqual(['orders.a', 'orders.b'])
  seen.names = [...NAMES, 'orders.new']
  await settled()
  await ask('orders', 400)
  await settled()
  expect(await ask('orders', 600)).toContain('orders.new')
  expect(await ask('orders', 60_000)).toBeUndefined()
})

test('what was made through this gateway is told at once, also when a reading that began before ends after it', async () => {
  const { index, ask } = await readOnce()
  index.made('orders', 'orders.new', 20)
  expect(await ask('orders', 21)).toContain('orders.new')
  await ask('orders', 200)
  await settled()
  expect(await ask('orders', 210)).toContain('orders.new')
  index.made('late', 'late.first', 220)
  expect(await ask('late', 221)).toEqual(['late.first'])
})

test('a small cluster, a large part of one, and names that cannot be read are for Kafka', async () => {
  const small = await readOnce(['orders.a', 'shop.a'])
  expect(await small.ask('orders', 10)).toBeUndefined()
  expect(small.seen.readings).toBe(1)
  await small.ask('orders', 61_000)
  expect(small.seen.readings, 'it may have grown').toBe(2)
  const large = await readOnce(['orders.a', 'orders.b', 'orders.c', 'shop.a', 'shop.b'])
  expect(await large.ask('orders', 10)).toBeUndefined()
  const index = new TopicIndex(SMALL)
  let readings = 0
  const fails = async () => {
    readings += 1
    throw new Error('the cluster is away')
  }
  for (const ms of [0, 10, 20, 30]) {
    expect(await index.namesOf('orders', ms, fails)).toBeUndefined()
    await settled()
  }
  expect(readings).toBe(1)
})

/** Readings that were begun have ended. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
