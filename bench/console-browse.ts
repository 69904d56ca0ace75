// SPDX-License-Identifier: Apache-2.0
/**
 * How fast does the console find a few records among a million? A filter in CEL over records of 1 KiB of JSON on a real broker, through
 * the API as the console asks it. `KAAS_BENCH_RECORDS` sets how many (1000000), `KAAS_BENCH_ROUNDS` how often (3).
 */
import { loadavg } from 'node:os'
import type { BrowseRequest } from '@kaas/http-contract'
import { cpuOfAll, watchMemory } from './console/memory-watch.ts'
import { openStage, type Stage } from './console/stage.ts'
import { saveResult } from './report/save-result.ts'
import { renderSpread, renderTable, spreadOf } from './report/statistics.ts'

const RECORDS = Number(process.env.KAAS_BENCH_RECORDS ?? 1_000_000)
const ROUNDS = Number(process.env.KAAS_BENCH_ROUNDS ?? 3)
const FILTER = 'value.total > 99990 && value.customer.country == "DE"'

const COLUMNS = ['question', 'compression', 'thousand/s', 'core s', 'shown', 'memory early', 'memory at most', 'load']

const QUESTIONS: Readonly<Record<string, BrowseRequest>> = {
  'filter, oldest first': { from: 'earliest', filter: FILTER },
  'filter, newest first': { from: 'latest', filter: FILTER },
  'search for a text, oldest first': { from: 'earliest', search: '"id":123456,' },
}

const stage = await openStage()
try {
  const rows: string[][] = []
  for (const [topic, compression] of [
    ['plain', 'none'],
    ['packed', 'lz4'],
  ] as const) {
    const started = performance.now()
    await stage.fill(topic, RECORDS, compression)
    console.log(`${RECORDS} records (${compression}) written in ${((performance.now() - started) / 1000).toFixed(0)} s`)
    for (const [question, request] of Object.entries(QUESTIONS))
      rows.push(await ask(stage, topic, compression, question, request))
  }
  saveResult(
    'console-browse',
    `How fast does the console find a few records among ${RECORDS} of 1 KiB of JSON?`,
    [
      `Thousands of records a second as the API counts them, ${ROUNDS} rounds, 6 partitions on one broker of the same machine; core seconds for 100 thousand records; memory in MiB of the control plane with its evaluators, when a tenth of a round has passed and at most; load average of the machine before, of which more than its cores is the work of others:`,
      renderTable(COLUMNS, rows),
      'Goal: 100 thousand records a second, memory flat.',
    ].join('\n\n'),
  )
} finally {
  await stage.stop()
}

async function ask(
  { client, processId }: Stage,
  topic: string,
  compression: string,
  question: string,
  request: BrowseRequest,
) {
  const rates: number[] = []
  let [shown, early, most] = [0, 0, 0]
  const [load = 0] = loadavg()
  const cpuBefore = cpuOfAll(processId)
  for (let round = 0; round < ROUNDS; round += 1) {
    const memory = watchMemory(processId)
    const bounds = { limit: 1000, maxRecords: RECORDS * 2, maxBytes: 100_000_000_000, maxSeconds: 600 }
    for await (const event of client.browseMessages({ tenant: 'shop', topic }, { ...bounds, ...request })) {
      if (event.kind === 'problem') throw new Error(event.problem.detail)
      if (event.kind !== 'done') continue
      if (event.reason !== 'end' || event.scanned < RECORDS)
        throw new Error(`The browse ended early: ${JSON.stringify(event)}`)
      rates.push(event.perSecond / 1000)
      shown = event.shown
    }
    const samples = memory.stop()
    early = Math.max(early, samples[Math.floor(samples.length / 10)] ?? 0)
    most = Math.max(most, ...samples)
  }
  const cores = ((cpuOfAll(processId) - cpuBefore) / ROUNDS / RECORDS) * 100_000
  const numbers = [cores.toFixed(2), String(shown), early.toFixed(0), most.toFixed(0), load.toFixed(0)]
  const row = [question, compression, renderSpread(spreadOf(rates), 0), ...numbers]
  console.log(row.join('  '))
  return row
}
