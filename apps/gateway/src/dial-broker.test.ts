// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { apiVersions, encodeResponse, fetch } from '@kaas/kafka-protocol'
import { createCertificates, freePort } from '@kaas/testkit'
import { afterEach, expect, test } from 'vitest'
import { type ScriptedBroker, startScriptedBroker } from '../test/scripted-broker.ts'
import { type Dial, dialBroker } from './dial-broker.ts'
import { handshakeAtBroker } from './sasl/log-in.ts'

const plain = { name: 'local', bootstrapServers: [], brokers: [], tls: { enabled: false } }
const owner = { drained: () => {}, ended: () => {}, reading: () => {} }
const brokers: ScriptedBroker[] = []

afterEach(() => {
  for (const broker of brokers.splice(0)) broker.close()
})

test('a broker with TLS is reached when the cluster’s CA signed its certificate, and large answers come through whole', async () => {
  const { certPem: cert, keyPem: key, caPem } = await createCertificates()
  const records = Buffer.alloc(3_000_000, 5)
  const partition = {
    partitionIndex: 0,
    errorCode: 0,
    highWatermark: 1n,
    lastStableOffset: 1n,
    records,
    abortedTransactions: [],
  }
  const responses = [{ topic: 't', partitions: [partition] }]
  const broker = await started(
    ({ header, reply }) => reply(encodeResponse(fetch, 12, header.correlationId, { throttleTimeMs: 0, responses })),
    { cert, key },
  )
  const cluster = { name: 'secure', bootstrapServers: [], brokers: [], tls: { enabled: true, caPem } }
  const connection = await dialBroker(dialOf(cluster, [{ host: 'localhost', port: broker.port }]), owner)
  const request = { maxWaitMs: 1, minBytes: 1, isolationLevel: 0, topics: [], forgottenTopicsData: [] }
  const answers = await Promise.all([1, 2, 3].map(() => connection.ask(fetch, 12, request)))
  for (const answer of answers) expect(answer.responses[0]?.partitions[0]?.records?.equals(records)).toBe(true)
  connection.end()
})

test('a broker whose certificate another CA signed is not trusted', async () => {
  const [{ certPem: cert, keyPem: key }, { caPem }] = await Promise.all([createCertificates(), createCertificates()])
  const broker = await started(() => {}, { cert, key })
  const cluster = { name: 'secure', bootstrapServers: [], brokers: [], tls: { enabled: true, caPem } }
  const dialling = dialBroker(dialOf(cluster, [{ host: 'localhost', port: broker.port }]), owner)
  await expect(dialling).rejects.toMatchObject({ code: 'kafka-unavailable' })
})

test('a broker that accepts connections and says nothing is given up in time, and the next one is taken', async () => {
  const silent = net.createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const broker = await started(() => {})
  const frozen = { host: '127.0.0.1', port: (silent.address() as net.AddressInfo).port }
  const away: unknown[] = []
  const dial = dialOf(plain, [frozen, { host: '127.0.0.1', port: broker.port }], {
    timeoutMs: 300,
    away: (address) => void away.push(address),
  })
  const startedAt = performance.now()
  const connection = await dialBroker(dial, owner)
  expect(performance.now() - startedAt).toBeLessThan(1500)
  expect(connection.peer).toBe(`127.0.0.1:${broker.port}`)
  expect(away).toEqual([frozen])
  connection.end()
  silent.close()
})

test('between requests the system asks after half a minute whether a broker is still there', async () => {
  const broker = await started(() => {})
  const connection = await dialBroker(dialOf(plain, [{ host: '127.0.0.1', port: broker.port }]), owner)
  const probes = keepAliveTimers(broker.port)
  expect(probes).toHaveLength(1)
  expect(probes[0]).toBeLessThanOrEqual(30)
  expect(probes[0]).toBeGreaterThan(20)
  connection.end()
})

test('the next address is tried when one is away; when all are, the error names cluster and addresses', async () => {
  const broker = await started(() => {})
  const away = { host: '127.0.0.1', port: await freePort() }
  const connection = await dialBroker(dialOf(plain, [away, { host: '127.0.0.1', port: broker.port }]), owner)
  const request = { clientSoftwareName: 'x', clientSoftwareVersion: '1' }
  expect((await connection.ask(apiVersions, 3, request)).errorCode).toBe(0)
  connection.end()
  const dialling = dialBroker(dialOf(plain, [away]), owner)
  await expect(dialling).rejects.toThrow(`The Kafka cluster "local" cannot be reached at 127.0.0.1:${away.port}`)
})

function dialOf(cluster: Dial['cluster'], addresses: Dial['addresses'], more: Partial<Dial> = {}): Dial {
  const greet: Dial['greet'] = (broker, timeoutMs) => handshakeAtBroker(broker, 'SCRAM-SHA-512', timeoutMs)
  return { cluster, addresses, timeoutMs: 2000, greet, away: () => {}, ...more }
}

/** Seconds until the system's next probe of each connection to `port`, as the kernel tells (proc(5): timer 2 is keep-alive, in 1/100 s). */
function keepAliveTimers(port: number): readonly number[] {
  const remote = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , to, , , timer]) => to === remote && timer?.startsWith('02:'))
    .map(([, , , , , timer = '']) => Number.parseInt(timer.slice(3), 16) / 100)
}

async function started(...how: Parameters<typeof startScriptedBroker>): Promise<ScriptedBroker> {
  const broker = await startScriptedBroker(...how)
  brokers.push(broker)
  return broker
}
