// SPDX-License-Identifier: Apache-2.0
/**
 * What do twenty thousand clients cost that are logged in and say nothing? Real connections with TLS and SCRAM through a gateway of three
 * processes to two brokers: memory for each, processor time while nothing passes, and how long one client waits among them.
 * `KAAS_BENCH_CONNECTIONS` sets how many (20000). A process may have 20,000 open files on many systems: clients, gateway and brokers are
 * several so that none needs more.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openKafkaConnection } from '@kaas/kafka-admin'
import { metadata } from '@kaas/kafka-protocol'
import { createCertificates, startKafka, waitFor } from '@kaas/testkit'
import { cpuSeconds, residentBytes } from './gateway/process-cpu.ts'
import { administratorOf, createTenantUser } from './gateway/tenant-user.ts'
import type { HoldTask } from './idle/hold-connections.ts'
import { startRoomyGateway } from './idle/start-gateway.ts'
import { saveResult } from './report/save-result.ts'
import { renderTable } from './report/statistics.ts'

const COUNT = Number(process.env.KAAS_BENCH_CONNECTIONS ?? 20_000)
const HOLDERS = 3
const PROCESSES = 3
const AT_ONCE = 40
const QUIET_MS = 10_000
const ASKED = 300
const GOAL_KIB = 64
const TENANT = 'bench'
const HOLD = fileURLToPath(new URL('idle/hold-connections.ts', import.meta.url))
// Nothing may be closed for being idle while the others still come.
const PATIENT = { 'connections.max.idle.ms': '7200000' }

const certificates = await createCertificates()
const kafka = await startKafka({ brokers: 2, properties: PATIENT, jvm: ['-Xms256m', '-Xmx2g'] })
const admin = administratorOf(kafka)
const user = await createTenantUser(admin, TENANT)
await admin.close()
const gateway = await startRoomyGateway(kafka, TENANT, certificates, PROCESSES)
const holders: { close(): void }[] = []
try {
  await sleep(2000)
  const before = residentBytes(gateway.pid)
  const alone = await waitsOfOne()
  const started = performance.now()
  const open = Array.from({ length: HOLDERS }, () => hold(Math.ceil(COUNT / HOLDERS)))
  holders.push(...open)
  const opened = () => open.reduce((sum, { count }) => sum + count(), 0)
  for (const part of [0.25, 0.5, 0.75, 1]) {
    const enough = Math.floor(COUNT * part)
    await waitFor(() => opened() >= enough, { what: `${enough} connections`, timeoutMs: 3_600_000, pollMs: 500 })
    const kib = (residentBytes(gateway.pid) - before) / opened() / 1024
    console.log(
      `${opened()} are open after ${((performance.now() - started) / 1000).toFixed(0)} s, ${kib.toFixed(1)} KiB each`,
    )
  }
  const seconds = (performance.now() - started) / 1000
  await sleep(5000)
  const busySeconds = cpuSeconds(gateway.pid)
  await sleep(QUIET_MS)
  const [quietSeconds, resident] = [cpuSeconds(gateway.pid), residentBytes(gateway.pid)]
  const among = await waitsOfOne()
  const counted = await gateway.connections()
  const each = (resident - before) / counted / 1024
  const share = (quietSeconds - busySeconds) / (QUIET_MS / 1000)
  saveResult(
    'idle-connections',
    'What do clients cost that are logged in and say nothing?',
    renderTable(
      ['', 'measured'],
      [
        ['connections open, as the gateway counts them', String(counted)],
        [`KiB resident for each, with its connection to the broker (goal ${GOAL_KIB})`, each.toFixed(1)],
        ['MB resident of the gateway, before and with them', `${mb(before)} and ${mb(resident)}`],
        ['processor of the gateway while nothing passes, in % of one', (share * 100).toFixed(1)],
        ['one client among them, p50 and p99 of a metadata request in ms', `${among.p50} and ${among.p99}`],
        ['the same client alone', `${alone.p50} and ${alone.p99}`],
        ['connections opened and logged in, per second (clients and brokers share the cores)', (COUNT / seconds).toFixed(0)],
      ],
    ),
  )
} finally {
  for (const holder of holders) holder.close()
  await gateway.stop()
  await kafka.stop()
}

function hold(count: number): { count(): number; close(): void } {
  const task: HoldTask = { port: gateway.port, caFile: certificates.caFile, ...user, count, atOnce: AT_ONCE }
  const child = spawn(process.execPath, [HOLD, JSON.stringify(task)], { stdio: ['pipe', 'pipe', 'inherit'] })
  let open = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    open = Number(line)
  })
  return { count: () => open, close: () => void child.stdin.end() }
}

async function waitsOfOne(): Promise<{ readonly p50: string; readonly p99: string }> {
  const { caPem } = certificates
  const credentials = { mechanism: 'SCRAM-SHA-512', ...user } as const
  const where = { host: 'localhost', port: gateway.port, tls: { caPem }, clientId: 'one', connectTimeoutMs: 60_000 }
  const connection = await openKafkaConnection({ ...where, credentials })
  const waits: number[] = []
  for (let count = 0; count < ASKED; count++) {
    const started = performance.now()
    await connection.request(metadata, { topics: [], allowAutoTopicCreation: false })
    waits.push(performance.now() - started)
    await sleep(5)
  }
  await connection.close()
  waits.sort((a, b) => a - b)
  const at = (part: number) => (waits[Math.floor(waits.length * part)] ?? 0).toFixed(1)
  return { p50: at(0.5), p99: at(0.99) }
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
