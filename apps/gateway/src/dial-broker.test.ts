// SPDX-License-Identifier: Apache-2.0
import { apiVersions, encodeResponse, fetch } from '@kaas/kafka-protocol'
import { createCertificates, freePort } from '@kaas/testkit'
import { afterEach, expect, test } from 'vitest'
import { type ScriptedBroker, startScriptedBroker } from '../test/scripted-broker.ts'
import { dialBroker } from './dial-broker.ts'

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
  const connection = await dialBroker(cluster, [{ host: 'localhost', port: broker.port }], 2000, owner)
  const request = { maxWaitMs: 1, minBytes: 1, isolationLevel: 0, topics: [], forgottenTopicsData: [] }
  const answers = await Promise.all([1, 2, 3].map(() => connection.ask(fetch, 12, request)))
  for (const answer of answers) expect(answer.responses[0]?.partitions[0]?.records?.equals(records)).toBe(true)
  connection.end()
})

test('a broker whose certificate another CA signed is not trusted', async () => {
  const [{ certPem: cert, keyPem: key }, { caPem }] = await Promise.all([createCertificates(), createCertificates()])
  const broker = await started(() => {}, { cert, key })
  const cluster = { name: 'secure', bootstrapServers: [], brokers: [], tls: { enabled: true, caPem } }
  const dialling = dialBroker(cluster, [{ host: 'localhost', port: broker.port }], 2000, owner)
  await expect(dialling).rejects.toMatchObject({ code: 'kafka-unavailable' })
})

test('the next address is tried when one is away; when all are, the error names cluster and addresses', async () => {
  const broker = await started(() => {})
  const away = { host: '127.0.0.1', port: await freePort() }
  const cluster = { name: 'local', bootstrapServers: [], brokers: [], tls: { enabled: false } }
  const connection = await dialBroker(cluster, [away, { host: '127.0.0.1', port: broker.port }], 2000, owner)
  const request = { clientSoftwareName: 'x', clientSoftwareVersion: '1' }
  expect((await connection.ask(apiVersions, 3, request)).errorCode).toBe(0)
  connection.end()
  const dialling = dialBroker(cluster, [away], 2000, owner)
  await expect(dialling).rejects.toThrow(`The Kafka cluster "local" cannot be reached at 127.0.0.1:${away.port}`)
})

async function started(...how: Parameters<typeof startScriptedBroker>): Promise<ScriptedBroker> {
  const broker = await startScriptedBroker(...how)
  brokers.push(broker)
  return broker
}
