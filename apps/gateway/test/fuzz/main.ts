// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run fuzz [-- --frames N --seed S]`: ten million mutated frames through the steps of the gateway, and a part of them over real
 * sockets. Prints the seed first: with it the same frames come again. Ends with 1 when something was found.
 */
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { fuzzConnections } from './fuzz-connections.ts'
import { fuzzPipeline } from './fuzz-pipeline.ts'

/** Sockets are slower than steps; so many times fewer frames go over them. */
const SOCKET_SHARE = 2000
const MOST_GROWTH_BYTES = 64 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const { values } = parseArgs({ options: { frames: { type: 'string' }, seed: { type: 'string' } } })
const frames = Number(values.frames ?? 10_000_000)
const seed = Number(values.seed ?? Date.now() % 0x7fffffff)
if (!Number.isSafeInteger(frames) || frames < 1 || !Number.isSafeInteger(seed)) {
  console.error('Usage: npm run fuzz -- --frames 1000000 --seed 42')
  process.exit(2)
}

console.log(`${frames} frames, seed ${seed}. The same again: npm run fuzz -- --frames ${frames} --seed ${seed}`)
// What is compiled and kept on first use is not a leak.
await fuzzPipeline(Math.min(frames, 200_000), seed + 1)
const before = heapBytes()
const started = performance.now()
const steps = await fuzzPipeline(frames, seed, (done) => {
  if (done % 1_000_000 === 0) console.log(`  ${done} after ${Math.round((performance.now() - started) / 1000)} s`)
})
const growth = heapBytes() - before
console.log(
  `steps: ${steps.taken} taken, ${steps.refused} refused, ${steps.findings.length} findings, heap ${growth >= 0 ? '+' : ''}${(growth / 1024 / 1024).toFixed(1)} MiB`,
)
const connections = await fuzzConnections(Math.ceil(frames / SOCKET_SHARE), seed)
console.log(
  `sockets: ${connections.frames} frames, ${connections.answered} answered, ${connections.closed} closed, ${connections.waiting} waiting; ` +
    `the neighbour asked ${connections.neighbourAsked} times and waited at most ${connections.neighbourWorstMs.toFixed(0)} ms`,
)
const findings = [...steps.findings, ...connections.bugs]
if (growth > MOST_GROWTH_BYTES) findings.push(`the heap grew by ${growth} bytes`)
for (const finding of findings) console.error(finding)
process.exit(findings.length === 0 ? 0 : 1)

function heapBytes(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}
