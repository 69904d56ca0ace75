// SPDX-License-Identifier: Apache-2.0
/** The short form of `npm run fuzz`: whatever bytes come, from clients or brokers, the gateway lives and tenants stay apart. */
import { expect, test } from 'vitest'
import { fuzzConnections } from '../test/fuzz/fuzz-connections.ts'
import { fuzzPipeline } from '../test/fuzz/fuzz-pipeline.ts'

const seed = Date.now() % 0x7fffffff

test('200,000 bent frames end in a request, a refusal or an error that says why, and no name leaves its tenant', async () => {
  const { findings, taken, refused } = await fuzzPipeline(200_000, seed)
  expect(findings, `seed ${seed}`).toEqual([])
  expect(Math.min(taken, refused), 'frames that were taken, and refused').toBeGreaterThan(1000)
})

test('bent frames over sockets, from both sides: each connection goes on or ends, and a neighbour is served all the time', async () => {
  const result = await fuzzConnections(600, seed)
  expect(result.bugs, `seed ${seed}`).toEqual([])
  expect(result.neighbourAsked).toBeGreaterThan(100)
  expect(result.neighbourWorstMs, `seed ${seed}`).toBeLessThan(10_000)
  expect(Math.min(result.answered, result.closed), 'connections that went on, and ended').toBeGreaterThan(10)
})
