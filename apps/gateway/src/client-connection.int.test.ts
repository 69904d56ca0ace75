// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises'
import {
  apiVersions,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  fetch,
  heartbeat,
  listGroups,
  metadata,
  produce,
} from '@kaas/kafka-protocol'
import { waitFor } from '@kaas/testkit'
import { afterEach, expect, test } from 'vitest'
import { type LoopbackGateway, startLoopback } from '../test/loopback-gateway.ts'
import type { ArrivedRequest, Script } from '../test/scripted-broker.ts'
import type { GatewaySettings } from './gateway.ts'
import { DEFAULT_LIMITS as defaults } from './gateway-parts.ts'
import type { Step } from './step.ts'

const open: LoopbackGateway[] = []
const beat = { groupId: 'g', generationId: 1, memberId: 'm' }

afterEach(async () => {
  for (const each of open.splice(0)) await each.stop()
})

test('a request reaches the broker as it was, and its answer the client, each with its own correlation id', async () => {
  const { broker, connectAndLogIn } = await start(answerBeats)
  const client = await connectAndLogIn()
  const sent = Array.from({ length: 20 }, () => client.send(heartbeat, 4, beat))
  for (const correlationId of sent)
    expect(decodeResponse(heartbeat, 4, await client.next()).correlationId).toBe(correlationId)
  expect(broker.arrived[19]?.message()).toMatchObject(beat)
  expect(broker.arrived[19]?.header.clientId).toBe('raw')
})

test('I1: what the gateway answers itself waits for the answers before it', async () => {
  const held: ArrivedRequest[] = []
  const { connectAndLogIn } = await start((request) => held.push(request))
  const client = await connectAndLogIn()
  const beating = client.send(heartbeat, 4, beat)
  const asking = client.send(apiVersions, 3, { clientSoftwareName: 'x', clientSoftwareVersion: '1' })
  await waitFor(() => held.length === 1, { what: 'the heartbeat' })
  await sleep(50)
  expect(client.frames).toEqual([])
  answerBeat(held[0] as ArrivedRequest)
  expect((await client.next()).readInt32BE(0)).toBe(beating)
  expect((await client.next()).readInt32BE(0)).toBe(asking)
})

test('I2: a request before the log-in reaches no broker and ends the connection', async () => {
  const { broker, connect, lines } = await start(answerBeats)
  const client = await connect()
  client.send(heartbeat, 4, beat)
  await client.closed
  expect(broker.arrived).toEqual([])
  expect(lines.at(-1)).toMatchObject({ reason: 'credentials-missing' })
})

test('I5: an API that nobody claimed has no way: nothing is forwarded and the connection ends', async () => {
  const { broker, connectAndLogIn, lines } = await start(answerBeats)
  const client = await connectAndLogIn()
  client.socket.write(Buffer.from([0, 0, 0, 10, 0x03, 0xe7, 0, 0, 0, 0, 0, 1, 0xff, 0xff]))
  await client.closed
  expect(broker.arrived).toEqual([])
  expect(lines.at(-1)).toMatchObject({ reason: 'not-supported' })
})

test('produce with acks=0 is owed no answer and holds nothing up', async () => {
  const { broker, connectAndLogIn } = await start((request) => {
    if (request.header.apiKey === heartbeat.key) answerBeat(request)
  })
  const client = await connectAndLogIn()
  client.send(produce, 9, { transactionalId: null, acks: 0, timeoutMs: 1, topicData: [] })
  const beating = client.send(heartbeat, 4, beat)
  expect((await client.next()).readInt32BE(0)).toBe(beating)
  expect(broker.arrived.map(({ header }) => header.apiKey)).toEqual([produce.key, heartbeat.key])
})

test('what a client sends with acks=0 reaches the broker though the client closes at once', async () => {
  const { broker, connectAndLogIn } = await start(() => {})
  const client = await connectAndLogIn()
  for (let count = 0; count < 50; count++)
    client.send(produce, 9, { transactionalId: null, acks: 0, timeoutMs: 1, topicData: [] })
  client.socket.end()
  await waitFor(() => broker.arrived.length === 50, { what: 'all requests' })
})

test('a large answer that no step wants leaves before the broker has sent all of it', async () => {
  const half = 400_000
  const asked: ArrivedRequest[] = []
  const { connectAndLogIn } = await start((request) => asked.push(request))
  const client = await connectAndLogIn()
  let received = 0
  client.socket.on('data', (chunk) => (received += chunk.length))
  const correlationId = client.send(fetch, 12, fetchRequest)
  const request = await waitFor(() => asked[0], { what: 'the fetch' })
  const response = fetchResponse(request, 2 * half)
  request.socket.write(response.subarray(0, half))
  await waitFor(() => received >= half, { what: 'the first half' })
  request.socket.write(response.subarray(half))
  const answer = await client.next()
  expect(answer.readInt32BE(0)).toBe(correlationId)
  expect(answer.subarray(4)).toEqual(response.subarray(8))
})

test('a Produce that concerns no step leaves before the client has sent all of it, and is finished when the gateway stops', async () => {
  const { gateway, broker, connectAndLogIn } = await start(({ header, reply }) => reply(produced(header.correlationId)))
  const client = await connectAndLogIn()
  const records = Buffer.alloc(300_000, 7)
  const topicData = [{ topicId: '1'.repeat(32), partitionData: [{ index: 0, records }] }]
  const header = { correlationId: 77, clientId: 'raw' }
  const frame = encodeRequest(produce, 13, header, { transactionalId: null, acks: -1, timeoutMs: 1, topicData })
  client.socket.write(frame.subarray(0, 100_000))
  await waitFor(() => [...broker.sockets].some(({ bytesRead }) => bytesRead > 90_000), { what: 'the first third' })
  const stopping = gateway.stop()
  await sleep(50)
  client.socket.write(frame.subarray(100_000))
  expect((await client.next()).readInt32BE(0)).toBe(77)
  await stopping
  expect(broker.arrived[0]?.frame.subarray(8)).toEqual(frame.subarray(12))
})

test('B1: while the broker does not read, the client is not read and the gateway buffers little', async () => {
  const { gateway, connectAndLogIn } = await start((request) => request.socket.pause())
  const client = await connectAndLogIn()
  const records = Buffer.alloc(1_000_000)
  const topicData = [{ name: 't', partitionData: [{ index: 0, records }] }]
  for (let count = 0; count < 60; count++)
    client.send(produce, 9, { transactionalId: null, acks: 1, timeoutMs: 1, topicData })
  const taken = (): number => gateway.traffic.of('orders').bytesFromClients
  await expect.poll(taken, { timeout: 8000 }).toBeGreaterThan(1_000_000)
  let before = -1
  for (; before !== taken(); await sleep(300)) before = taken()
  expect(taken()).toBeLessThan(30_000_000)
})

test('B2: while the client does not read, the broker is not read; a client that never reads is closed', async () => {
  const limits = { patience: { logInMs: 5000, frameMs: 5000, writeMs: 1500 } }
  const { gateway, broker, connectAndLogIn, lines } = await start(
    (request) => request.reply(fetchResponse(request, 10_000_000)),
    { limits: { ...defaults, ...limits } },
  )
  const client = await connectAndLogIn()
  client.socket.pause()
  for (let count = 0; count < 10; count++) client.send(fetch, 12, fetchRequest)
  await waitFor(() => broker.arrived.length > 0, { what: 'a fetch' })
  await sleep(500)
  expect(gateway.traffic.of('orders').bytesToClients).toBeLessThan(30_000_000)
  await waitFor(() => lines.some(({ reason }) => reason === 'wait-timeout'), {
    what: 'the end of the client',
  })
  expect(lines.at(-1)?.detail).toContain('does not read')
})

test('a step may wait and ask the broker: later requests wait too, and order holds', async () => {
  const asking: Step = {
    name: 'asking',
    wants: (key) => ({ request: key === heartbeat.key, response: key === listGroups.key }),
    request: async (context) => {
      await context.ask(metadata, 12, { topics: [], allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false })
      return { kind: 'forward' }
    },
    response: async (context) => {
      await context.ask(metadata, 12, { topics: [], allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false })
    },
  }
  const { broker, connectAndLogIn } = await start(answerAll, { steps: [asking] })
  const client = await connectAndLogIn()
  const sent = [
    client.send(listGroups, 4, { statesFilter: [] }),
    client.send(heartbeat, 4, beat),
    client.send(listGroups, 4, { statesFilter: [] }),
  ]
  for (const correlationId of sent) expect((await client.next()).readInt32BE(0)).toBe(correlationId)
  const keys = broker.arrived.map(({ header }) => header.apiKey)
  expect(keys.filter((key) => key === metadata.key)).toHaveLength(3)
  expect(keys.indexOf(heartbeat.key)).toBeGreaterThan(keys.indexOf(metadata.key))
})

test('a step may answer itself, and may end the connection', async () => {
  const answering: Step = {
    name: 'answering',
    wants: (key) => ({ request: key === heartbeat.key || key === listGroups.key, response: false }),
    request: (context) =>
      context.apiKey === heartbeat.key
        ? { kind: 'reply', response: { throttleTimeMs: 0, errorCode: 25 } }
        : { kind: 'close', reason: 'because' },
  }
  const { broker, connectAndLogIn, lines } = await start(answerAll, { steps: [answering] })
  const client = await connectAndLogIn()
  expect(await client.ask(heartbeat, 4, beat)).toMatchObject({ errorCode: 25 })
  client.send(listGroups, 4, { statesFilter: [] })
  await client.closed
  expect(broker.arrived).toEqual([])
  expect(lines.at(-1)?.detail).toContain('because')
})

test('when the broker leaves, what it said still arrives and then the connection ends', async () => {
  const { connectAndLogIn, lines } = await start((request) => {
    answerBeat(request)
    request.socket.end()
  })
  const client = await connectAndLogIn()
  expect((await client.ask(heartbeat, 4, beat)).errorCode).toBe(0)
  await client.closed
  expect(lines.at(-1)).toMatchObject({ reason: 'kafka-unavailable' })
})

test('a response that fits no request ends the connection and is not passed on', async () => {
  const { connectAndLogIn, lines } = await start((request) => {
    request.reply(encodeResponse(heartbeat, 4, request.header.correlationId + 1, { throttleTimeMs: 0, errorCode: 0 }))
  })
  const client = await connectAndLogIn()
  client.send(heartbeat, 4, beat)
  await client.closed
  expect(client.frames).toEqual([])
  expect(lines.at(-1)).toMatchObject({ reason: 'frame-corrupt' })
})

test('when the gateway stops, what is in flight is answered, and then clients are closed', async () => {
  const held: ArrivedRequest[] = []
  const { gateway, connect, connectAndLogIn } = await start((request) => held.push(request), { drainMs: 2000 })
  const client = await connectAndLogIn()
  client.send(heartbeat, 4, beat)
  await waitFor(() => held.length === 1, { what: 'the heartbeat' })
  const stopping = gateway.stop()
  await expect(connect()).rejects.toThrow(/ECONNREFUSED/)
  answerBeat(held[0] as ArrivedRequest)
  expect((await client.next()).readInt16BE(9)).toBe(0)
  await Promise.all([client.closed, stopping])
})

test('the connections of a tenant that is paused or removed are closed, those of others are not', async () => {
  const { gateway, connectAndLogIn } = await start(answerBeats)
  const client = await connectAndLogIn()
  const orders = gateway.snapshot.tenant('orders')
  if (orders === undefined) throw new Error('the tenant is there')
  gateway.snapshot.apply({ kind: 'tenant', version: 2, tenant: { ...orders, name: 'shop' } })
  const other = await (await start(answerBeats)).connectAndLogIn()
  gateway.snapshot.apply({ kind: 'tenant', version: 3, tenant: { ...orders, paused: true } })
  await client.closed
  expect((await other.ask(heartbeat, 4, beat)).errorCode).toBe(0)
  await expect(connectAndLogIn()).rejects.toThrow('58')
})

test('a tenant has as many connections as its limit says; the next one is told so', async () => {
  const { connect, connectAndLogIn, lines } = await start(answerBeats)
  const clients = [await connectAndLogIn(), await connectAndLogIn(), await connectAndLogIn()]
  const fourth = await connect()
  expect(await fourth.logIn()).toBe(44)
  await fourth.closed
  expect(lines.at(-1)).toMatchObject({ reason: 'limit-exceeded' })
  clients[0]?.close()
  await waitFor(() => connectAndLogIn(), { what: 'room for another one' })
})

async function start(script: Script, settings: Partial<GatewaySettings> = {}): Promise<LoopbackGateway> {
  const started = await startLoopback(script, settings)
  open.push(started)
  return started
}

const answerBeats: Script = (request) => answerBeat(request)

function answerBeat({ header, reply }: ArrivedRequest): void {
  reply(encodeResponse(heartbeat, header.apiVersion, header.correlationId, { throttleTimeMs: 0, errorCode: 0 }))
}

function produced(correlationId: number): Buffer {
  const partition = { index: 0, errorCode: 0, baseOffset: 0n, logAppendTimeMs: -1n, logStartOffset: 0n }
  const responses = [{ topicId: '1'.repeat(32), partitionResponses: [partition] }]
  return encodeResponse(produce, 13, correlationId, { responses, throttleTimeMs: 0 })
}

const answerAll: Script = ({ header, reply, ...rest }) => {
  const { apiKey, apiVersion, correlationId } = header
  if (apiKey === heartbeat.key) answerBeat({ header, reply, ...rest })
  if (apiKey === listGroups.key)
    reply(encodeResponse(listGroups, apiVersion, correlationId, { throttleTimeMs: 0, errorCode: 0, groups: [] }))
  if (apiKey === metadata.key) {
    reply(encodeResponse(metadata, apiVersion, correlationId, { brokers: [], clusterId: null, controllerId: 0, topics: [] }))
  }
}

const fetchRequest = { maxWaitMs: 1, minBytes: 1, isolationLevel: 0, topics: [], forgottenTopicsData: [] }

function fetchResponse({ header }: ArrivedRequest, recordBytes: number): Buffer {
  const partition = {
    partitionIndex: 0,
    errorCode: 0,
    highWatermark: 1n,
    lastStableOffset: 1n,
    records: Buffer.alloc(recordBytes, 1),
  }
  const responses = [{ topic: 't', partitions: [{ ...partition, abortedTransactions: [] }] }]
  return encodeResponse(fetch, header.apiVersion, header.correlationId, { throttleTimeMs: 0, responses })
}
