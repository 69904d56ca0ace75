// SPDX-License-Identifier: Apache-2.0
/** Usage over time in both databases: what was written is read back, condensed and forgotten in time. */
import { databaseEngines } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../src/index.ts'

const HOUR = Date.parse('2026-11-21T10:00:00Z')
const MINUTE = 60_000
const tenantOf = (name: string) => ({ tenant: name, kind: 'tenant', name: '' }) as const

describe.each(databaseEngines())('on $name', (engine) => {
  let store: Store

  beforeAll(async () => {
    await engine.start()
    store = await (await engine.newDatabase()).open()
  })
  afterAll(async () => {
    await store?.close()
    await engine.stop()
  })

  test('a minute that was written is read back beside its neighbours, and a second word for it wins', async () => {
    const topic = { tenant: 'orders', kind: 'topic', name: 'a/<b>' } as const
    await store.saveSeries('minute', HOUR, [
      { ...tenantOf('orders'), values: [1, 2, 3, 4, 5, 6, null, 8] },
      { ...topic, values: [9, 10] },
    ])
    await store.saveSeries('minute', HOUR + 16 * MINUTE, [{ ...tenantOf('orders'), values: [7] }])
    await store.saveSeries('minute', HOUR + 1000, [{ ...tenantOf('orders'), values: [100] }])
    const rest = [null, null, null, null, null, null, null]
    expect(await store.loadSeries(tenantOf('orders'), 'minute', HOUR - MINUTE, HOUR + 60 * MINUTE)).toEqual([
      { atMs: HOUR, values: [100, ...rest] },
      { atMs: HOUR + 16 * MINUTE, values: [7, ...rest] },
    ])
    expect(await store.loadSeries(topic, 'minute', HOUR, HOUR)).toEqual([{ atMs: HOUR, values: [9, 10, null] }])
    expect(await store.loadSeries(tenantOf('order'), 'minute', 0, HOUR * 2)).toEqual([])
    expect(await store.seriesSince(topic)).toBe(HOUR)
    expect(await store.seriesSince(tenantOf('shop'))).toBeUndefined()
  })

  test('an hour is condensed for more things than are read at once, twice without harm', async () => {
    const count = 2_500
    const many = (value: number) =>
      Array.from(
        { length: count },
        (_, at) => ({ tenant: 'many', kind: 'group', name: `g${at}`, values: [value + at] }) as const,
      )
    await store.saveSeries('minute', HOUR + 5 * 3600_000, many(0))
    await store.saveSeries('minute', HOUR + 5 * 3600_000 + 59 * MINUTE, many(1000))
    expect(await store.condenseSeries(HOUR + 5 * 3600_000)).toBe(count)
    expect(await store.condenseSeries(HOUR + 5 * 3600_000)).toBe(count)
    const name = { tenant: 'many', kind: 'group', name: 'g2400' } as const
    expect(await store.loadSeries(name, 'hour', HOUR, HOUR + 86_400_000)).toEqual([
      { atMs: HOUR + 5 * 3600_000, values: [3400] },
    ])
  })

  test('what is too old goes, with the names of what is no longer sampled', async () => {
    const old = { tenant: 'gone', kind: 'tenant', name: '' } as const
    await store.saveSeries('minute', HOUR - 90_000_000, [{ ...old, values: [1] }])
    await store.saveSeries('hour', HOUR - 90_000_000, [{ ...old, values: [1] }])
    const kept = { minutesMs: 86_400_000, hoursMs: 90 * 86_400_000 }
    expect(await store.trimSeries(HOUR, kept)).toBe(1)
    expect(await store.loadSeries(old, 'minute', 0, HOUR)).toEqual([])
    expect(await store.loadSeries(old, 'hour', 0, HOUR)).toHaveLength(1)
    await store.trimSeries(HOUR, { ...kept, hoursMs: 1 })
    expect(await store.seriesSince(old)).toBeUndefined()
  })
})
