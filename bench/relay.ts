// SPDX-License-Identifier: Apache-2.0
/**
 * What does a client pay for the gateway, and what would a relay of bytes cost? Kafka's own tools produce, fetch and measure
 * latency direct, through HAProxy and through the gateway, interleaved in one run. `KAAS_BENCH_ROUNDS` sets the rounds (3).
 */

import { endToEndLatency, fetchLoad, type Path, produceLoad } from './relay/kafka-load.ts'
import { startPaths } from './relay/paths.ts'
import { cpuSeconds, peakMemoryBytes } from './relay/process-cpu.ts'
import { saveResult } from './report/save-result.ts'
import { renderSpread, renderTable, spreadOf } from './report/statistics.ts'

const ROUNDS = Number(process.env.KAAS_BENCH_ROUNDS ?? 3)
const RECORD_BYTES = 1024
/** 20 MB/s for ten seconds. */
const STEADY = { records: 195_000, recordBytes: RECORD_BYTES, recordsPerSecond: 19_531 }
const FULL = { records: 500_000, recordBytes: RECORD_BYTES, recordsPerSecond: -1 }
const LATENCY_RECORDS = 2000

/** Samples of one path by measure, one number per round. */
type Samples = Map<string, number[]>

const { paths, resetTopic, stop } = await startPaths()
const samples = new Map<string, Samples>(paths.map((path) => [path.name, new Map()]))
try {
  for (let round = 0; round <= ROUNDS; round++) {
    for (const path of paths) {
      console.log(round === 0 ? `warming ${path.name}` : `round ${round} of ${ROUNDS}: ${path.name}`)
      await resetTopic()
      if (round === 0) await produceLoad(path, { ...FULL, records: 50_000 })
      else await measure(path, samples.get(path.name) as Samples)
    }
  }
  const memory = paths.map((path) => (path.pid === undefined ? '–' : (peakMemoryBytes(path.pid) / 1e6).toFixed(0)))
  report(memory)
} finally {
  await stop()
}

async function measure(path: Path, into: Samples): Promise<void> {
  const steady = await withCpu(path, () => produceLoad(path, STEADY))
  add(into, 'steady cpu', steady.secondsPerGigabyte)
  add(into, 'steady p50', steady.result.p50Ms)
  add(into, 'steady p99', steady.result.p99Ms)
  const full = await withCpu(path, () => produceLoad(path, FULL))
  add(into, 'produce cpu', full.secondsPerGigabyte)
  add(into, 'produce rate', full.result.megabytesPerSecond)
  const fetched = await withCpu(path, () => fetchLoad(path, STEADY.records + FULL.records))
  add(into, 'fetch cpu', fetched.secondsPerGigabyte)
  add(into, 'fetch rate', fetched.result.megabytesPerSecond)
  const latency = await endToEndLatency(path, LATENCY_RECORDS)
  add(into, 'end to end p50', latency.p50Ms)
  add(into, 'end to end p99', latency.p99Ms)
  add(into, 'end to end mean', latency.meanMs)
}

async function withCpu<T extends { readonly bytes: number }>(
  path: Path,
  work: () => Promise<T>,
): Promise<{ result: T; secondsPerGigabyte: number }> {
  const before = path.pid === undefined ? 0 : cpuSeconds(path.pid)
  const result = await work()
  const used = path.pid === undefined ? 0 : cpuSeconds(path.pid) - before
  return { result, secondsPerGigabyte: used / (result.bytes / 1e9) }
}

function add(samples: Samples, measure: string, value: number): void {
  samples.set(measure, [...(samples.get(measure) ?? []), value])
}

function report(memory: readonly string[]): void {
  const cell = (path: Path, measure: string, digits = 2): string =>
    renderSpread(spreadOf(samples.get(path.name)?.get(measure) ?? [0]), digits)
  const cost = paths.map((path, index) => [
    ...[path.name, cell(path, 'steady cpu'), cell(path, 'produce cpu'), cell(path, 'fetch cpu'), memory[index] ?? ''],
  ])
  const speed = paths.map((path) => [
    ...[path.name, cell(path, 'produce rate', 0), cell(path, 'fetch rate', 0), cell(path, 'steady p50', 0)],
    ...[
      cell(path, 'steady p99', 0),
      cell(path, 'end to end mean'),
      cell(path, 'end to end p50'),
      cell(path, 'end to end p99'),
    ],
  ])
  saveResult(
    'relay',
    'What does a client pay for the gateway, compared with a relay that only passes bytes?',
    [
      `Median (minimum–maximum) of ${ROUNDS} interleaved rounds; records of 1 KB; client, broker and relay share the cores.`,
      'Processor seconds of the relay per GB of record values, and its peak memory in MB:',
      renderTable(['path', 'produce at 20 MB/s', 'produce unthrottled', 'fetch', 'memory'], cost),
      'Throughput in MB/s, produce latency in ms at 20 MB/s, end to end latency in ms of one record at a time:',
      renderTable(['path', 'produce', 'fetch', 'p50', 'p99', 'end to end mean', 'e2e p50', 'e2e p99'], speed),
      `Gateway ÷ HAProxy with TLS in: ${ratios()}. Goal of the main path: at most 1.5; final goal: 1.2.`,
    ].join('\n\n'),
  )
}

function ratios(): string {
  const medianOf = (name: string, measure: string) => spreadOf(samples.get(name)?.get(measure) ?? [0]).median
  return ['steady cpu', 'produce cpu', 'fetch cpu']
    .map((measure) => {
      const ratio = medianOf('gateway, TLS in', measure) / medianOf('HAProxy, TLS in', measure)
      return `${measure.replace(' cpu', '')} ${ratio.toFixed(2)}`
    })
    .join(', ')
}
