// SPDX-License-Identifier: Apache-2.0
/**
 * What does a client pay for the gateway, and what would others cost in its place? Kafka's own tools produce and fetch directly, through
 * HAProxy, nginx, Kroxylicious and our gateway, interleaved in one run; then connections, a noisy neighbour and many tenants. It takes about
 * ten minutes. `KAAS_BENCH_ROUNDS` sets the rounds (3), `KAAS_BENCH_SCALE` the part of each load that is run (1).
 */
import { measureConnections } from './gateway/connections.ts'
import { goalRows, type Measured, ratioRows } from './gateway/goals.ts'
import { fetchLoad, type Path, produceLoad } from './gateway/kafka-load.ts'
import { probeLatency } from './gateway/latency-probe.ts'
import { megabytesWith } from './gateway/many-tenants.ts'
import { measureNoisyNeighbour, type NoisyResult } from './gateway/noisy-neighbour.ts'
import { startPaths } from './gateway/paths.ts'
import { cpuSeconds, peakMemoryBytes } from './gateway/process-cpu.ts'
import { saveResult } from './report/save-result.ts'
import { renderSpread, renderTable, spreadOf } from './report/statistics.ts'

const ROUNDS = Number(process.env.KAAS_BENCH_ROUNDS ?? 3)
const SCALE = Number(process.env.KAAS_BENCH_SCALE ?? 1)
const RECORD_BYTES = 1024
/** 20 MB/s for six seconds. */
const STEADY = { records: scaled(117_000), recordBytes: RECORD_BYTES, recordsPerSecond: 19_531 }
const FULL = { records: scaled(300_000), recordBytes: RECORD_BYTES, recordsPerSecond: -1 }
/** 10 MB/s, for longer than the probe beside it. */
const HALF = { records: scaled(70_000), recordBytes: RECORD_BYTES, recordsPerSecond: 9766 }
const PROBE = { everyMs: 2, forMs: 5000 * SCALE }
const CONNECTIONS = scaled(800)
const TENANTS = [1, 1000, 10_000] as const

const samples = new Map<string, number[]>()
const started = performance.now()
const all = await startPaths()
const { paths } = all
try {
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const path of paths) {
      console.log(round === 0 ? `warming ${path.name}` : `round ${round} of ${ROUNDS}: ${path.name}`)
      await all.resetTopic()
      if (round === 0) await produceLoad(path, { ...FULL, records: FULL.records / 2 })
      else await measure(path)
    }
  }
  const memory = new Map(paths.map(({ name, pid }) => [name, pid === undefined ? 0 : peakMemoryBytes(pid) / 1e6]))
  const connections = await measureAllConnections()
  console.log('a noisy neighbour, and many tenants')
  const noisy = await measureNoisyNeighbour(all)
  const tenants: number[] = []
  for (const count of TENANTS) tenants.push(await megabytesWith(count, all))
  report(memory, connections, noisy, tenants)
} finally {
  await all.stop()
}

async function measure(path: Path): Promise<void> {
  const steady = await withCpu(path, () => produceLoad(path, STEADY))
  add(path, 'steady cpu', steady.secondsPerGigabyte)
  const full = await withCpu(path, () => produceLoad(path, FULL))
  add(path, 'produce cpu', full.secondsPerGigabyte)
  add(path, 'produce rate', full.result.megabytesPerSecond)
  const fetched = await withCpu(path, () => fetchLoad(path, STEADY.records + FULL.records))
  add(path, 'fetch cpu', fetched.secondsPerGigabyte)
  add(path, 'fetch rate', fetched.result.megabytesPerSecond)
  if (path.name !== 'direct, plain' && path.caPem === undefined) return
  const beside = produceLoad(path, HALF)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const { p50, p99 } = await probeLatency(path, all.credentials, PROBE)
  await beside
  add(path, 'probe p50', p50)
  add(path, 'probe p99', p99)
}

async function withCpu<T extends { readonly bytes: number }>(
  path: Path,
  work: () => Promise<T>,
): Promise<{ result: T; secondsPerGigabyte: number }> {
  const used = () => (path.pid === undefined ? 0 : cpuSeconds(path.pid))
  const before = used()
  const result = await work()
  return { result, secondsPerGigabyte: (used() - before) / (result.bytes / 1e9) }
}

async function measureAllConnections(): Promise<string[][]> {
  const rows: string[][] = []
  for (const path of paths) {
    if (path.caPem === undefined || path.pid === undefined) continue
    console.log(`connections: ${path.name}`)
    const { perSecond, cpuMs, idleKib } = await measureConnections({ ...path, pid: path.pid }, all.credentials, CONNECTIONS)
    add(path, 'idle', idleKib)
    rows.push([path.name, perSecond.toFixed(0), cpuMs.toFixed(2), idleKib.toFixed(0)])
  }
  return rows
}

function add(path: Path, measure: string, value: number): void {
  const key = `${path.name} ${measure}`
  samples.set(key, [...(samples.get(key) ?? []), value])
}

function of(path: string, measure: string): number {
  return spreadOf(samples.get(`${path} ${measure}`) ?? [Number.NaN]).median
}

function report(
  memory: ReadonlyMap<string, number>,
  connections: readonly string[][],
  noisy: NoisyResult,
  tenants: readonly number[],
): void {
  const measured: Measured = {
    of,
    idleKib: of('gateway, TLS in', 'idle'),
    memory10k: tenants.at(-1) ?? Number.NaN,
    peakMegabytes: memory.get('gateway, TLS in') ?? Number.NaN,
    kroxyliciousMegabytes: memory.get('Kroxylicious, TLS in') ?? Number.NaN,
  }
  saveResult(
    'gateway',
    'What does a client pay for the gateway, and what would others cost in its place?',
    [
      `Median (minimum–maximum) of ${ROUNDS} interleaved rounds; records of 1 KB; client, broker and peer share the cores. The run took ${((performance.now() - started) / 60_000).toFixed(0)} minutes.`,
      'Goals:',
      renderTable(['goal', 'measured', ''], goalRows(measured)),
      'Processor time of the gateway divided by that of a peer:',
      renderTable(['', 'produce at 20 MB/s', 'produce unthrottled', 'fetch'], ratioRows(measured)),
      ...loadTables(memory),
      `Connections with TLS, ${CONNECTIONS} of them, 16 at a time: how many a second (the client shares the cores), processor milliseconds of the peer for one, KiB for an idle one that is logged in:`,
      renderTable(['path', 'per second', 'ms', 'KiB'], connections),
      ...noisyLines(noisy),
      `Memory of a fresh gateway: ${TENANTS.map((count, at) => `${tenants[at]?.toFixed(0)} MB with ${count} tenants`).join(', ')}.`,
    ].join('\n\n'),
  )
}

function noisyLines({ alone, bytes, requests }: NoisyResult): string[] {
  const told = ({ p50, p99 }: NoisyResult['alone']) => `p50 ${p50.toFixed(2)} ms and p99 ${p99.toFixed(2)} ms`
  return [
    `A tenant at its limit of ${bytes.limit / 1e6} MB/s moved ${(bytes.moved / 1e6).toFixed(2)} MB/s. Its neighbour's small Produce took ${told(alone)} alone, ${told(bytes.beside)} beside it.`,
    `A tenant at its limit of ${requests.limit} requests a second sent ${requests.moved.toFixed(0)}, of 10 bytes each. The neighbour's Produce took ${told(requests.beside)} beside it.`,
  ]
}

function loadTables(memory: ReadonlyMap<string, number>): string[] {
  const cell = ({ name }: Path, measure: string, digits = 2): string => {
    const values = samples.get(`${name} ${measure}`)
    return values === undefined ? '–' : renderSpread(spreadOf(values), digits)
  }
  const cost = paths.map((path) => [
    ...[path.name, cell(path, 'steady cpu'), cell(path, 'produce cpu'), cell(path, 'fetch cpu')],
    path.pid === undefined ? '–' : (memory.get(path.name) ?? 0).toFixed(0),
  ])
  const speed = paths.map((path) => [
    ...[path.name, cell(path, 'produce rate', 0), cell(path, 'fetch rate', 0)],
    ...[cell(path, 'probe p50'), cell(path, 'probe p99')],
  ])
  return [
    'Processor seconds of the peer per GB of record values, and its peak memory in MB:',
    renderTable(['path', 'produce at 20 MB/s', 'produce unthrottled', 'fetch', 'memory'], cost),
    'Throughput in MB/s, and milliseconds of a small Produce beside 10 MB/s of others:',
    renderTable(['path', 'produce', 'fetch', 'p50', 'p99'], speed),
  ]
}

function scaled(count: number): number {
  return Math.ceil(count * SCALE)
}
