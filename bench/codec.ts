// SPDX-License-Identifier: Apache-2.0
/**
 * How fast are messages read and written, compared with the two Kafka libraries of Node? Each cell is a process of its own; the
 * codecs take turns in every round. `KAAS_BENCH_ROUNDS` sets the rounds (3).
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { kafkajs } from './codec/kafkajs.ts'
import { ours } from './codec/ours.ts'
import { platformatic } from './codec/platformatic.ts'
import { saveResult } from './report/save-result.ts'
import { renderSpread, renderTable, spreadOf } from './report/statistics.ts'

const ROUNDS = Number(process.env.KAAS_BENCH_ROUNDS ?? 3)
const MEASURE = fileURLToPath(new URL('codec/measure.ts', import.meta.url))
const CODECS = { ours, platformatic, kafkajs }
const NAMES = Object.keys(CODECS) as (keyof typeof CODECS)[]

const rows = Object.keys(ours).map((name) => {
  const present = NAMES.filter((codec) => CODECS[codec][name] !== undefined)
  const samples = new Map<string, number[]>(present.map((codec) => [codec, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const codec of present) samples.get(codec)?.push(measure(codec, name))
  }
  console.log(
    `${name}: ${present.map(
      (codec) =>
        `${codec} ${samples
          .get(codec)
          ?.map((value) => value.toFixed(1))
          .join(' ')}`,
    )}`,
  )
  return [name, ...NAMES.map((codec) => cell(samples.get(codec))), ratio(samples)]
})

saveResult(
  'codec',
  'Microseconds of processor time per message: median, minimum and maximum of the rounds. *Factor* is how many times longer the other library takes (medians).',
  [
    renderTable(['message', '@kaas/kafka-protocol', '@platformatic/kafka', 'kafkajs', 'factor'], rows),
    'Metadata: 6 brokers, 100 topics of 12 partitions. Produce: 6 partitions of 16 KiB. Fetch: 100 partitions, no records, as the libraries decode records with the message. Each library reads and writes the newest version it shares with us; what it cannot write itself is written with its own writer. Equal bytes are checked. Writing a produce request into one buffer is bound by copying 96 KiB, whoever does it: chunks avoid that.',
  ].join('\n\n'),
)

function measure(codec: string, name: string): number {
  return Number(execFileSync(process.execPath, [MEASURE, codec, name], { encoding: 'utf8' }))
}

function cell(values: readonly number[] | undefined): string {
  return values === undefined ? '–' : renderSpread(spreadOf(values))
}

function ratio(samples: ReadonlyMap<string, readonly number[]>): string {
  const [own, other] = [...samples.values()].map((values) => spreadOf(values).median)
  return own === undefined || other === undefined ? '–' : (other / own).toFixed(1)
}
