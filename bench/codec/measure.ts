// SPDX-License-Identifier: Apache-2.0
/** One case of one codec in a process of its own: prints microseconds of processor time per message. */
import { kafkajs } from './kafkajs.ts'
import { ours } from './ours.ts'
import { platformatic } from './platformatic.ts'

const WARM_UP_MS = 400
const MEASURED_MS = 600

const codecs: Readonly<Record<string, Readonly<Record<string, () => unknown>>>> = { ours, platformatic, kafkajs }
const [, , codec = '', name = ''] = process.argv
const work = codecs[codec]?.[name]
if (work === undefined) throw new Error(`There is no case '${name}' of '${codec}'.`)
checkBytes(await work())

const perRound = await roundsIn(work, WARM_UP_MS, 1)
const before = process.cpuUsage()
const rounds = await roundsIn(work, MEASURED_MS, perRound)
const { user, system } = process.cpuUsage(before)
process.stdout.write(`${(user + system) / rounds}\n`)

/** How many times it ran in about this time; looks at the clock once in `step` runs. */
async function roundsIn(work: () => unknown, milliseconds: number, step: number): Promise<number> {
  const started = performance.now()
  let count = 0
  while (performance.now() - started < milliseconds) {
    for (let i = 0; i < Math.max(1, step / 100); i++, count++) {
      const result = work()
      if (result instanceof Promise) await result
    }
  }
  return count
}

/** What another codec writes must be what we write, or the comparison means nothing. */
function checkBytes(written: unknown): void {
  const own = ours[name]?.()
  if (written instanceof Uint8Array && own instanceof Uint8Array && !Buffer.from(written).equals(own)) {
    throw new Error(`${codec} writes other bytes for '${name}'.`)
  }
}
