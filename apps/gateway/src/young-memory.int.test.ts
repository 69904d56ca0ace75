// SPDX-License-Identifier: Apache-2.0
import { PerformanceObserver } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { bytesAllocated, ownYoungMemory } from './young-memory.ts'

const YOUNG = 1

test('the young generation is collected by the bytes of new buffers, and no more often', async () => {
  expect(ownYoungMemory()).toBe(true)
  let collections = 0
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().filter((entry) => kindOf(entry) === YOUNG).length
  })
  observer.observe({ entryTypes: ['gc'] })
  for (let megabytes = 0; megabytes < 40; megabytes++) bytesAllocated(1024 * 1024)
  for (let rounds = 0; rounds < 10_000 && collections < 10; rounds++) await turn()
  observer.disconnect()
  expect(collections).toBeGreaterThanOrEqual(10)
  expect(collections).toBeLessThan(20)
})

/** Node's types do not tell what it adds to entries of the collector. */
function kindOf(entry: object): unknown {
  return (entry as { readonly detail?: { readonly kind?: unknown } }).detail?.kind
}
