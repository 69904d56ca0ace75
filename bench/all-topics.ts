// SPDX-License-Identifier: Apache-2.0
/**
 * What does a list of all topics cost a tenant with 20, and the broker, when 20 others are in the cluster and when 50,000 are? Directly and
 * through the gateway, with the tenant at the beginning of the alphabet. `KAAS_BENCH_TOPICS` sets how many others (50000).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type KafkaConnection, openKafkaConnection } from '@kaas/kafka-admin'
import { encodeResponse, metadata } from '@kaas/kafka-protocol'
import { createCertificates, type Kafka, startKafka, waitFor } from '@kaas/testkit'
import { snapshotOf, startGatewayProcess } from './gateway/gateway-process.ts'
import { cpuSeconds } from './gateway/process-cpu.ts'
import { administratorOf, createTenantUser } from './gateway/tenant-user.ts'
import { createEmptyTopics } from './lists/fill-kafka.ts'
import { saveResult } from './report/save-result.ts'
import { renderTable } from './report/statistics.ts'

const OTHERS = Number(process.env.KAAS_BENCH_TOPICS ?? 50_000)
const OWN = 20
const TENANT = 'aaa'
/** As many tenants share the other topics, each with a right of its own. */
const NEIGHBOURS = 2500
const ASKED = 300

const kafka = await startKafka({ jvm: ['-Xms512m', '-Xmx1500m', '-XX:TieredStopAtLevel=4'] })
const admin = administratorOf(kafka)
const certificates = await createCertificates()
const { username, password } = await createTenantUser(admin, TENANT)
const gateway = await startGatewayProcess(snapshotOf(kafka, [{ name: TENANT }]), certificates, kafka.admin)
const rows: string[][] = []
try {
  const own = Array.from({ length: OWN }, (_, at) => `${TENANT}.topic-${at}`)
  await createEmptyTopics(kafka, [...own, ...Array.from({ length: 20 }, (_, at) => `t${at}.topic-${at}`)])
  await measureBoth(20 + OWN)
  await allowNeighbours()
  await createEmptyTopics(
    kafka,
    Array.from({ length: OTHERS - 20 }, (_, at) => `t${at % NEIGHBOURS}.topic-${at + 20}`),
  )
  await measureBoth(OTHERS + OWN)
  saveResult(
    'all-topics',
    `What does a list of all topics cost a tenant that has ${OWN} of them?`,
    [
      `${ASKED} lists, one after another, of a tenant that is the first of the alphabet. Milliseconds; processor time for one list:`,
      renderTable(['way', 'topics in the cluster', 'p50', 'p99', 'broker', 'gateway', 'bytes of the answer'], rows),
      'Goal: through the gateway the same with 20 topics of others and with 50,000.',
    ].join('\n\n'),
  )
} finally {
  await gateway.stop()
  await admin.close()
  await kafka.stop()
}

async function measureBoth(topics: number): Promise<void> {
  const base = { credentials: { username, password, mechanism: 'SCRAM-SHA-512' }, clientId: 'bench' } as const
  const direct = await openKafkaConnection({ ...base, host: kafka.host, port: kafka.ports[0] ?? 0 })
  const tls = { caPem: certificates.caPem }
  const through = await openKafkaConnection({ ...base, host: 'localhost', port: gateway.port + 1, tls })
  await waitFor(async () => (await list(direct)) === OWN && (await list(through)) === OWN, {
    what: 'all topics to be known',
    timeoutMs: 120_000,
  })
  await untilQuiet()
  for (const [way, connection] of [
    ['direct', direct],
    ['gateway', through],
  ] as const) {
    for (let at = 0; at < 100; at += 1) await list(connection)
    rows.push([way, String(topics), ...(await measure(connection))])
    console.log(rows.at(-1)?.join('  '))
    await connection.close()
  }
}

async function measure(connection: KafkaConnection): Promise<string[]> {
  const times: number[] = []
  const used = () => [cpuSeconds(brokerPid(kafka)), cpuSeconds(gateway.pid)] as const
  const [broker, relay] = used()
  for (let at = 0; at < ASKED; at += 1) {
    const started = performance.now()
    await list(connection)
    times.push(performance.now() - started)
  }
  const [brokerAfter, relayAfter] = used()
  times.sort((one, other) => one - other)
  const perList = (seconds: number) => `${((seconds * 1000) / ASKED).toFixed(2)} ms`
  const at = (share: number) => (times[Math.floor(ASKED * share)] ?? Number.NaN).toFixed(2)
  return [at(0.5), at(0.99), perList(brokerAfter - broker), perList(relayAfter - relay), await bytesOf(connection)]
}

/** New topics keep the broker busy for a while after it has answered. */
async function untilQuiet(): Promise<void> {
  const pid = brokerPid(kafka)
  await waitFor(
    async () => {
      const before = cpuSeconds(pid)
      await sleep(1000)
      return cpuSeconds(pid) - before < 0.1
    },
    { what: 'the broker to have nothing to do', timeoutMs: 120_000 },
  )
}

/** Of an answer in the last version, as it comes in a frame. */
async function bytesOf(connection: KafkaConnection): Promise<string> {
  const answer = await connection.request(metadata, { topics: null, allowAutoTopicCreation: false })
  return String(encodeResponse(metadata, metadata.versions[1], { correlationId: 0 }, answer).length)
}

async function list(connection: KafkaConnection): Promise<number> {
  return (await connection.request(metadata, { topics: null, allowAutoTopicCreation: false })).topics.length
}

function brokerPid({ pid }: Kafka): number {
  if (pid === undefined) throw new Error('The broker has ended.')
  return pid
}

/** So that Kafka has as many rights to look through as a full cluster has. */
async function allowNeighbours(): Promise<void> {
  const acls = Array.from({ length: NEIGHBOURS }, (_, at) => ({
    ...{ name: `t${at}.`, pattern: 'prefixed', resource: 'topic', operation: 'all' },
    ...{ principal: `User:t${at}.app`, host: '*', permission: 'allow' },
  })) as Parameters<typeof admin.createAcls>[0]
  for (let at = 0; at < NEIGHBOURS; at += 250) await admin.createAcls(acls.slice(at, at + 250))
}
