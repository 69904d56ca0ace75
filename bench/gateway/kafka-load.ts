// SPDX-License-Identifier: Apache-2.0
/**
 * Load by Kafka's own performance tools, and what they print as numbers. A path is a way to the broker: its bootstrap address,
 * the client settings and the name the topic has on it.
 */
import { runJavaTool } from '@kaas/kafka-engine'

/** A way to the broker as a client sees it. */
export interface Path {
  readonly name: string
  /** On loopback. */
  readonly port: number
  readonly topic: string
  /** Client properties file. */
  readonly configFile: string
  /** Of a path with TLS in. */
  readonly caPem?: string
  /** The process whose processor time counts; undefined when the client talks to the broker itself. */
  readonly pid: number | undefined
}

/** What a producer run gave. Latency is from send to acknowledgement. */
export interface ProduceResult {
  readonly bytes: number
  readonly megabytesPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** Produces `records` records of `recordBytes` each; `recordsPerSecond` -1 means as fast as it goes. */
export async function produceLoad(
  path: Path,
  load: { readonly records: number; readonly recordBytes: number; readonly recordsPerSecond: number },
): Promise<ProduceResult> {
  const { stdout } = await runTool('org.apache.kafka.tools.ProducerPerformance', [
    ...['--topic', path.topic, '--num-records', String(load.records), '--record-size', String(load.recordBytes)],
    ...['--throughput', String(load.recordsPerSecond), '--bootstrap-server', `127.0.0.1:${path.port}`],
    ...['--command-config', path.configFile],
  ])
  const line = stdout.trim().split('\n').at(-1) ?? ''
  const rate = /\(([\d.]+) MB\/sec\)/.exec(line)
  const p50 = /(\d+) ms 50th/.exec(line)
  const p99 = /(\d+) ms 99th/.exec(line)
  if (rate === null || p50 === null || p99 === null) throw new Error(`ProducerPerformance printed: ${stdout.slice(-500)}`)
  return {
    bytes: load.records * load.recordBytes,
    // The tool counts mebibytes.
    megabytesPerSecond: (Number(rate[1]) * 1024 * 1024) / 1e6,
    p50Ms: Number(p50[1]),
    p99Ms: Number(p99[1]),
  }
}

/** Reads `records` records from the start of the topic; the rate is that of fetching, without joining the group. */
export async function fetchLoad(path: Path, records: number): Promise<{ bytes: number; megabytesPerSecond: number }> {
  const { stdout } = await runTool('org.apache.kafka.tools.ConsumerPerformance', [
    ...['--topic', path.topic, '--num-records', String(records), '--bootstrap-server', `127.0.0.1:${path.port}`],
    ...['--command-config', path.configFile, '--timeout', '60000', '--hide-header'],
  ])
  const cells = (stdout.trim().split('\n').at(-1) ?? '').split(',').map((cell) => cell.trim())
  const megabytes = (Number(cells[2]) * 1024 * 1024) / 1e6
  const fetchMs = Number(cells[7])
  if (!(megabytes > 0 && fetchMs > 0)) throw new Error(`ConsumerPerformance printed: ${stdout.slice(-500)}`)
  return { bytes: megabytes * 1e6, megabytesPerSecond: megabytes / (fetchMs / 1000) }
}

/** Tools run as they do on a client's machine: with the optimising compiler and a heap that does not collect all the time. */
function runTool(mainClass: string, args: readonly string[]): Promise<{ readonly stdout: string }> {
  return runJavaTool(mainClass, args, { timeoutMs: 300_000, jvm: ['-Xmx512m', '-XX:TieredStopAtLevel=4'] })
}
