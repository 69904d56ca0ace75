// SPDX-License-Identifier: Apache-2.0
/** Three processes on one port, before a real Kafka: clients cannot tell them from one, also when one of them is killed. */
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { metadata, saslHandshake, scramClient } from '@kaas/kafka-protocol'
import { createCertificates, waitFor } from '@kaas/testkit'
import { Kafka as KafkaJs, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GatewayFixture, PASSWORD, snapshotFor, startGatewayFixture } from '../../test/gateway-fixture.ts'
import { type GatewayProcesses, startGatewayProcesses } from '../../test/gateway-processes.ts'
import { RawClient } from '../../test/raw-client.ts'

const COUNT = 3

let fixture: GatewayFixture
let gateway: GatewayProcesses
/** Of the certificate that is shown now. */
let authority: string

beforeAll(async () => {
  fixture = await startGatewayFixture()
  gateway = await startGatewayProcesses(COUNT, { kind: 'full', snapshot: snapshotFor(fixture.kafka) })
  authority = gateway.certificates.caPem
})

afterAll(async () => {
  await gateway?.stop()
  await fixture?.stop()
})

test('connections are spread over all processes, and the metrics page shows their sum with each metric once', async () => {
  const clients = await logInMany(9)
  expect(gateway.workers()).toHaveLength(COUNT)
  expect(await gateway.metric('kaas_gateway_connections')).toBe(9)
  expect(await gateway.metric('kaas_gateway_tenant_connections{tenant="orders"}')).toBe(9)
  expect(await gateway.metric('kaas_gateway_snapshot_tenants')).toBe(2)
  expect(await gateway.metric('kaas_gateway_snapshot_connected')).toBe(1)
  const helped = [...(await (await gateway.page('/metrics')).text()).matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name)
  expect(helped).toEqual([...new Set(helped)])
  expect(helped).toContain('process_resident_memory_bytes')
  for (const client of clients) client.close()
})

test('a process that is killed takes only its own connections along, and another one takes its place', async () => {
  const clients = await logInMany(9)
  const before = Number(await gateway.metric('kaas_gateway_logins_total{mechanism="SCRAM-SHA-512",result="success"}'))
  const [victim = 0] = gateway.workers()
  process.kill(victim, 'SIGKILL')
  await waitFor(() => clients.some(({ isClosed }) => isClosed), { what: 'the connections of the killed process to end' })
  await sleep(1000)
  const left = clients.filter(({ isClosed }) => !isClosed)
  expect(left.length).toBeGreaterThanOrEqual(5)
  expect(left.length).toBeLessThan(9)
  for (const client of left) await client.ask(metadata, 12, { topics: [], allowAutoTopicCreation: false })
  const again = await logInMany(9)
  await waitFor(async () => (await gateway.metric('kaas_gateway_processes')) === COUNT, { what: 'the new process' })
  expect(gateway.workers()).not.toContain(victim)
  const late = await logInMany(9)
  expect(await gateway.metric('kaas_gateway_process_restarts_total')).toBe(1)
  const after = Number(await gateway.metric('kaas_gateway_logins_total{mechanism="SCRAM-SHA-512",result="success"}'))
  expect(after, 'what the killed one had counted stays').toBe(before + 18)
  for (const client of [...left, ...again, ...late]) client.close()
})

test('an application that produces while a process is killed is told of no failure', async () => {
  const kafka = new KafkaJs({
    brokers: [`localhost:${gateway.port}`],
    ssl: { ca: [gateway.certificates.caPem] },
    sasl: { mechanism: 'scram-sha-512', username: 'orders.app', password: PASSWORD },
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50 },
  })
  await fixture.admin.createTopic({ name: 'orders.steady', partitions: 1, configs: {} })
  const producer = kafka.producer({ idempotent: true })
  await producer.connect()
  const sent: string[] = []
  const killed = sleep(500).then(() => {
    for (const worker of gateway.workers().slice(0, 2)) process.kill(worker, 'SIGKILL')
  })
  for (const until = Date.now() + 2500; Date.now() < until; await sleep(10)) {
    await producer.send({ topic: 'steady', messages: [{ value: String(sent.length) }] })
    sent.push(String(sent.length))
  }
  await Promise.all([killed, producer.disconnect()])
  const [end] = await fixture.admin.listOffsets([{ topic: 'orders.steady', partition: 0 }], { kind: 'latest' })
  expect(Number(end?.offset)).toBe(sent.length)
  await waitFor(async () => (await gateway.metric('kaas_gateway_processes')) === COUNT, { what: 'the new processes' })
})

test('a renewed certificate is shown by all processes, and a tenant that goes is cut off at all of them', async () => {
  const { certFile, keyFile } = gateway.certificates
  const old = await logInMany(3)
  const renewed = await createCertificates()
  writeFileSync(keyFile, renewed.keyPem)
  writeFileSync(certFile, renewed.certPem)
  gateway.child.kill('SIGHUP')
  const read = () => gateway.output().split('were read again').length > COUNT
  await waitFor(read, { what: 'all processes to read the certificate' })
  authority = renewed.caPem
  const clients = await logInMany(6)
  gateway.publish({ kind: 'tenantRemoved', version: 2, name: 'orders' })
  await Promise.all([...old, ...clients].map(({ closed }) => closed))
})

test('at the signal to stop all processes end in order', async () => {
  gateway.publish({ kind: 'full', snapshot: snapshotFor(fixture.kafka, 3) })
  await waitFor(async () => (await gateway.metric('kaas_gateway_snapshot_version')) === 3, { what: 'the tenants' })
  const workers = gateway.workers()
  const clients = await logInMany(3)
  gateway.child.kill('SIGTERM')
  const [code] = (await once(gateway.child, 'exit')) as [number]
  expect(code).toBe(0)
  await Promise.all(clients.map(({ closed }) => closed))
  for (const worker of workers) expect(() => process.kill(worker, 0)).toThrow(/ESRCH/)
  expect(gateway.output()).not.toContain('gateway-secret')
})

test('a supervisor that is killed leaves no process behind, and a port in use is said once', async () => {
  const first = await startGatewayProcesses(2, { kind: 'full', snapshot: snapshotFor(fixture.kafka) })
  const second = startGatewayProcesses(2, { kind: 'full', snapshot: snapshotFor(fixture.kafka) }, first.port)
  await expect(second).rejects.toThrow(new RegExp(`exit code 6.*Port ${first.port}`, 's'))
  await second.catch(({ message }: Error) => expect(message.split(`Port ${first.port}`)).toHaveLength(2))
  const workers = first.workers()
  first.child.kill('SIGKILL')
  const gone = (pid: number) => {
    try {
      return process.kill(pid, 0) && false
    } catch {
      return true
    }
  }
  await waitFor(() => workers.every(gone), { what: 'the processes to end' })
  await first.stop()
})

/** Connections of the tenant's user, opened one after another. */
async function logInMany(count: number): Promise<readonly RawClient[]> {
  const clients: RawClient[] = []
  for (let index = 0; index < count; index += 1) {
    const client = await RawClient.connect(gateway.port, authority)
    const scram = scramClient('SCRAM-SHA-512', 'orders.app', PASSWORD, `nonce${index}`)
    await client.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
    const first = await client.token(scram.first().toString())
    const last = await client.token(scram.final(first.authBytes).toString())
    expect(last.errorCode).toBe(0)
    clients.push(client)
  }
  return clients
}
