// SPDX-License-Identifier: Apache-2.0
/** What clients do who want to wear the gateway out. Each meets a bound of time or memory, and the neighbours are served meanwhile. */
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import tls from 'node:tls'
import { encodeResponse, fetch, heartbeat } from '@kaas/kafka-protocol'
import { waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type LoopbackGateway, startLoopback } from '../test/loopback-gateway.ts'
import type { RawClient } from '../test/raw-client.ts'
import type { ArrivedRequest } from '../test/scripted-broker.ts'
import { DEFAULT_LIMITS } from './gateway-parts.ts'

const beat = { groupId: 'g', generationId: 1, memberId: 'm' }
const fetchRequest = { maxWaitMs: 1, minBytes: 1, isolationLevel: 0, topics: [], forgottenTopicsData: [] }
const FETCHED_BYTES = 4_000_000
const PATIENCE = { logInMs: 2000, frameMs: 1200, writeMs: 1500 }
/** What a neighbour's request takes in the middle, at most: on a busy machine, and with the test, its clients and the double in this process. */
const NEIGHBOUR_MS = 1000

let loopback: LoopbackGateway
let neighbour: RawClient

beforeAll(async () => {
  loopback = await startLoopback(answer, { limits: { ...DEFAULT_LIMITS, patience: PATIENCE } })
  const { clusters, tenants, version } = loopback.gateway.snapshot.toSnapshot()
  const roomy = tenants.map((tenant) => ({ ...tenant, limits: { ...tenant.limits, connections: 1000 } }))
  loopback.gateway.snapshot.apply({ kind: 'full', snapshot: { version: version + 1, clusters, tenants: roomy } })
  neighbour = await loopback.connectAndLogIn()
})

afterAll(() => loopback.stop())

beforeEach(() => {
  loopback.lines.length = 0
})

test('a TLS handshake and a log-in of one byte a second are cut off when the time for the log-in is over', async () => {
  const hello = await clientHello()
  const client = await loopback.connect()
  const startedAt = performance.now()
  const firstRequest = Buffer.from('0000001400120003000000010004726177000474657374', 'hex')
  await Promise.all([drip(plainSocket(), hello), drip(client.socket, firstRequest)])
  // To its end the request would take 23 s.
  expect(performance.now() - startedAt).toBeLessThan(15_000)
  await waitFor(() => loopback.lines.length === 2, { what: 'both lines' })
  expect([
    endings(/did not finish the TLS handshake in time/),
    endings(/did not (finish a request|log in) in time/),
  ]).toEqual([1, 1])
})

test('clients that ask for much and never read: little is taken from the broker, they are closed, neighbours notice nothing', async () => {
  const before = loopback.gateway.traffic.of('orders').bytesToClients
  const clients = await Promise.all(Array.from({ length: 8 }, () => loopback.connectAndLogIn()))
  for (const client of clients) {
    client.socket.pause()
    for (let count = 0; count < 8; count++) client.send(fetch, 12, fetchRequest)
  }
  await expectServed(700)
  const taken = loopback.gateway.traffic.of('orders').bytesToClients - before
  // What the system's own buffers of both sockets take, and one read of the gateway; each asked for 32 MB.
  expect(taken / clients.length).toBeLessThan(12_000_000)
  await waitFor(() => endings(/does not read what is sent/) === clients.length, { what: 'their end' })
  await expectServed(100)
  for (const client of clients) client.close()
})

test.each([
  ['of no bytes', 0, /shorter than its header/],
  ['of a negative length', -1, /between 0 and 104857600/],
  ['of 2 GB', 0x7fffffff, /between 0 and 104857600/],
  ['of 100 MiB and one byte', 100 * 1024 * 1024 + 1, /between 0 and 104857600/],
])('a frame %s ends the connection with one line', async (_, length, reason) => {
  const client = await loopback.connectAndLogIn()
  const head = Buffer.alloc(4)
  head.writeInt32BE(length)
  client.socket.write(head)
  await client.closed
  await expectLine(reason)
})

test('a client that announces 100 MiB and sends little costs what it sends', async () => {
  const client = await loopback.connectAndLogIn()
  const before = process.memoryUsage()
  client.socket.write(Buffer.from([0x06, 0x40, 0, 0, 0, 12, 0, 4]))
  await sleep(300)
  const { rss, external } = process.memoryUsage()
  expect(Math.max(rss - before.rss, external - before.external)).toBeLessThan(50_000_000)
  await client.closed
  await expectLine(/did not finish a request in time/)
})

test('a client that asks for new keys again and again (TLS 1.2 renegotiation) gets none and costs nothing', async () => {
  const options = {
    port: loopback.gateway.port,
    ca: loopback.caPem,
    servername: 'localhost',
    maxVersion: 'TLSv1.2',
  } as const
  const socket = tls.connect(options).on('error', () => {})
  await new Promise((resolve) => socket.once('secureConnect', resolve))
  let granted = 0
  for (let count = 0; count < 20 && !socket.destroyed; count++) {
    const renegotiated = new Promise<void>((resolve) => {
      socket.renegotiate({}, (error) => {
        if (error === null) granted += 1
        resolve()
      })
    })
    await Promise.race([renegotiated, new Promise((resolve) => socket.once('close', resolve)), sleep(200)])
  }
  expect(granted).toBe(0)
  socket.destroy()
  await expectServed(100)
})

test('bytes that are no TLS inside an open TLS connection end it with one line', async () => {
  const raw = plainSocket()
  const socket = tls.connect({ socket: raw, ca: loopback.caPem, servername: 'localhost' }).on('error', () => {})
  await new Promise((resolve) => socket.once('secureConnect', resolve))
  raw.write(Buffer.from('1703030020'.padEnd(74, 'ab'), 'hex'))
  await new Promise((resolve) => raw.once('close', resolve))
  await expectLine(/./)
})

test('a client that closes its half of the connection is closed, and its broker’s side with it', async () => {
  const { sockets } = loopback.broker
  const before = sockets.size
  const client = await loopback.connectAndLogIn()
  expect(sockets.size).toBe(before + 1)
  client.socket.end()
  await client.closed
  await waitFor(() => sockets.size === before, { what: 'the end of the broker’s side' })
})

test('the system asks after a minute of silence whether a client is still there', async () => {
  const client = await loopback.connectAndLogIn()
  const probe = await waitFor(() => keepAliveSeconds(loopback.gateway.port, client.socket.localPort ?? 0), {
    what: 'the timer of the probe',
  })
  expect(probe).toBeGreaterThan(50)
  expect(probe).toBeLessThanOrEqual(60)
  client.close()
})

test('300 connections that are opened and say nothing hold up nobody, and leave nothing', async () => {
  const sockets = Array.from({ length: 300 }, () => plainSocket())
  await expectServed(1000)
  await waitFor(() => endings(/TLS handshake in time/) === sockets.length, { what: 'their end' })
  expect(loopback.gateway.traffic.unauthenticated).toBe(0)
})

function answer({ header, reply }: ArrivedRequest): void {
  const { apiKey, apiVersion, correlationId } = header
  if (apiKey === heartbeat.key) {
    reply(encodeResponse(heartbeat, apiVersion, correlationId, { throttleTimeMs: 0, errorCode: 0 }))
    return
  }
  const partition = { partitionIndex: 0, errorCode: 0, highWatermark: 1n, lastStableOffset: 1n, abortedTransactions: [] }
  const partitions = [{ ...partition, records: Buffer.alloc(FETCHED_BYTES, 1) }]
  reply(encodeResponse(fetch, apiVersion, correlationId, { throttleTimeMs: 0, responses: [{ topic: 't', partitions }] }))
}

function plainSocket(): net.Socket {
  return net.connect(loopback.gateway.port, '127.0.0.1').on('error', () => {})
}

/** What a TLS client says first. */
async function clientHello(): Promise<Buffer> {
  const server = net.createServer().listen(0, '127.0.0.1')
  const heard = new Promise<Buffer>((resolve) => {
    server.once('connection', (socket) => socket.on('error', () => {}).once('data', resolve))
  })
  await new Promise((resolve) => server.once('listening', resolve))
  const client = tls.connect({ port: (server.address() as net.AddressInfo).port, servername: 'localhost' })
  const hello = await heard.finally(() => server.close())
  client.on('error', () => {}).destroy()
  return hello
}

/** Sends a byte a second until the other side closes. */
async function drip(socket: net.Socket, bytes: Buffer): Promise<void> {
  const closed = new Promise<void>((resolve) => socket.resume().once('close', () => resolve()))
  for (const byte of bytes) {
    if (socket.destroyed) return
    socket.write(Buffer.from([byte]))
    await Promise.race([sleep(1000), closed])
  }
  throw new Error('the gateway took it all')
}

/** The neighbour is answered for so long, and usually soon; on a machine that stands still for a while, after it. */
async function expectServed(forMs: number): Promise<void> {
  const usualWait = async () => {
    const waits: number[] = []
    for (const until = performance.now() + forMs; performance.now() < until; await sleep(5)) {
      const startedAt = performance.now()
      expect((await neighbour.ask(heartbeat, 4, beat)).errorCode).toBe(0)
      waits.push(performance.now() - startedAt)
    }
    return waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)] ?? 0
  }
  await waitFor(async () => (await usualWait()) < NEIGHBOUR_MS, { what: 'the neighbour to be served' })
}

function endings(reason: RegExp): number {
  return loopback.lines.filter((line) => reason.test(String(line.detail ?? line.reason))).length
}

async function expectLine(reason: RegExp): Promise<void> {
  await waitFor(() => loopback.lines.length > 0, { what: 'a log line' })
  await sleep(20)
  expect(loopback.lines.map((line) => line.detail ?? line.reason)).toEqual([expect.stringMatching(reason)])
  await expectServed(50)
}

/** Until the system's next probe of a connection, as the kernel tells (proc(5): timer 2 is keep-alive, in 1/100 s). */
function keepAliveSeconds(localPort: number, remotePort: number): number | undefined {
  const hex = (port: number) => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n')
  const found = lines.find((line) => line.includes(` ${hex(localPort)} ${hex(remotePort)} `))
  const timer = / 02:([0-9A-F]{8}) /.exec(found ?? '')?.[1]
  return timer === undefined ? undefined : Number.parseInt(timer, 16) / 100
}
