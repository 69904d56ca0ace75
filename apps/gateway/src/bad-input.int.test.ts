// SPDX-License-Identifier: Apache-2.0
/** What strangers and broken clients send. Each ends with that connection closed, one log line with the reason, and others served. */
import { randomBytes } from 'node:crypto'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import tls from 'node:tls'
import { encodeRequest, encodeResponse, heartbeat, saslAuthenticate, saslHandshake } from '@kaas/kafka-protocol'
import { waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type LoopbackGateway, startLoopback } from '../test/loopback-gateway.ts'
import type { RawClient } from '../test/raw-client.ts'
import { DEFAULT_LIMITS } from './gateway-parts.ts'

const beat = { groupId: 'g', generationId: 1, memberId: 'm' }
let loopback: LoopbackGateway
let neighbour: RawClient

beforeAll(async () => {
  const patience = { logInMs: 2500, frameMs: 1500, writeMs: 2000 }
  loopback = await startLoopback(
    ({ header, reply }) =>
      reply(encodeResponse(heartbeat, header.apiVersion, header.correlationId, { throttleTimeMs: 0, errorCode: 0 })),
    { limits: { ...DEFAULT_LIMITS, patience, unauthenticatedConnections: 8 } },
  )
  neighbour = await loopback.connectAndLogIn()
})

afterAll(() => loopback.stop())

beforeEach(() => {
  loopback.lines.length = 0
})

test('Kafka in plaintext to the TLS port: the log names the setting that is missing in the client', async () => {
  const socket = plainSocket()
  socket.write(Buffer.from('0000001400120003000000010004726177000474657374', 'hex'))
  await closed(socket)
  await expectOneLine(/security\.protocol=SASL_SSL/)
})

test('HTTP to the Kafka port', async () => {
  const socket = plainSocket()
  socket.write('GET / HTTP/1.1\r\nHost: kafka\r\n\r\n')
  await closed(socket)
  await expectOneLine(/HTTP/)
})

test('10 MB of random bytes to the port', async () => {
  const socket = plainSocket()
  socket.write(randomBytes(10_000_000))
  await closed(socket)
  await expectOneLine(/TLS/)
})

test('10 MB of random bytes inside TLS', async () => {
  const client = await loopback.connect()
  // The first byte of the length is negative or far above the bound, whatever follows.
  client.socket.write(Buffer.concat([Buffer.from([0xc3]), randomBytes(10_000_000)]))
  await client.closed
  await expectOneLine(/between 0 and 65536/)
})

test('a length prefix of 2 GB, before and after the log-in', async () => {
  const stranger = await loopback.connect()
  stranger.socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff]))
  await stranger.closed
  await expectOneLine(/between 0 and 65536/)
  loopback.lines.length = 0
  const client = await loopback.connectAndLogIn()
  client.socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff]))
  await client.closed
  await expectOneLine(/between 0 and 104857600/)
})

test('a frame that is shorter than a header, and a body that cannot be read', async () => {
  const client = await loopback.connectAndLogIn()
  client.socket.write(Buffer.from([0, 0, 0, 2, 0, 3]))
  await client.closed
  await expectOneLine(/shorter than its header/)
  loopback.lines.length = 0
  const other = await loopback.connectAndLogIn()
  other.socket.write(Buffer.from('0000000e0000000900000001ffff00ffffffff', 'hex'))
  await other.closed
  await expectOneLine(/./)
})

test('a token in a version that nobody speaks, before the log-in and in a later one', async () => {
  const stranger = await loopback.connect()
  const client = await loopback.connectAndLogIn()
  for (const each of [stranger, client]) {
    loopback.lines.length = 0
    await each.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
    const token = encodeRequest(
      saslAuthenticate,
      2,
      { correlationId: 9, clientId: 'raw' },
      { authBytes: Buffer.from('n,,') },
    )
    token.writeInt16BE(3, 6)
    each.socket.write(token)
    await each.closed
    expect(each.frames).toEqual([])
    await expectOneLine(/has no version 3/)
  }
})

test('a client that sends one byte a second', async () => {
  const client = await loopback.connectAndLogIn()
  const bytes = Buffer.from([0, 0, 0, 50, 0, 12, 0, 4])
  for (const byte of bytes) {
    if (client.isClosed) break
    client.socket.write(Buffer.from([byte]))
    await Promise.race([sleep(1000), client.closed])
  }
  await client.closed
  await expectOneLine(/did not finish a request in time/)
})

test('a client that connects and says nothing, with TLS and without', async () => {
  const client = await loopback.connect()
  const socket = plainSocket()
  await Promise.all([client.closed, closed(socket)])
  await waitFor(() => loopback.lines.length === 2, { what: 'both lines' })
  expect(loopback.lines.map(({ reason, detail }) => detail ?? reason).sort()).toEqual([
    'The client was closed: it did not log in in time.',
    'it did not finish the TLS handshake in time',
  ])
})

test('a flood from one address: half of the room is left to others, one line tells of it, and who is logged in stays', async () => {
  const strangers = await Promise.all(Array.from({ length: 4 }, () => loopback.connect()))
  for (let count = 0; count < 20; count++) await expect(loopback.connect()).rejects.toThrow()
  await expectOneLine(/from its address/)
  const other = await secureFrom('127.0.0.2')
  expect(other.destroyed).toBe(false)
  other.destroy()
  for (const stranger of strangers) stranger.close()
  await waitFor(async () => (await loopback.connect()).close() === undefined, { what: 'room for another stranger' })
})

test('more strangers than allowed from many addresses: the last are closed at once, and who is logged in stays', async () => {
  await sleep(1100)
  loopback.lines.length = 0
  const strangers = await Promise.all(Array.from({ length: 8 }, (_, host) => secureFrom(`127.0.1.${host + 1}`)))
  expect((await secureFrom('127.0.1.9')).destroyed).toBe(true)
  await expectOneLine(/too many connections are not logged in/)
  for (const stranger of strangers) stranger.destroy()
})

function plainSocket(): net.Socket {
  return net.connect(loopback.gateway.port, '127.0.0.1').on('error', () => {})
}

/** A TLS client of another address of this machine, or one that was closed before. */
async function secureFrom(localAddress: string): Promise<tls.TLSSocket> {
  const raw = net.connect({ host: '127.0.0.1', port: loopback.gateway.port, localAddress }).on('error', () => {})
  const socket = tls.connect({ socket: raw, ca: loopback.caPem, servername: 'localhost' }).on('error', () => {})
  await new Promise((resolve) => socket.once('secureConnect', resolve).once('close', resolve))
  return socket
}

function closed(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.resume().on('close', () => resolve())
  })
}

/** One line says why, and the neighbour is served as before. */
async function expectOneLine(reason: RegExp): Promise<void> {
  await waitFor(() => loopback.lines.length > 0, { what: 'a log line' })
  await sleep(20)
  expect(loopback.lines.map((line) => line.detail ?? line.reason)).toEqual([expect.stringMatching(reason)])
  expect((await neighbour.ask(heartbeat, 4, beat)).errorCode).toBe(0)
}
