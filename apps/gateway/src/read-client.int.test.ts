// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events'
import type net from 'node:net'
import { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { waitFor } from '@kaas/testkit'
import { expect, test } from 'vitest'
import { acceptedSocket } from '../test/accepted-socket.ts'
import { readClient } from './read-client.ts'

const MEGABYTE = Buffer.alloc(1024 * 1024, 'all the bytes, in order. ')

test.each(['TLS', 'plaintext'])('this Node reads an accepted client by %s into one buffer', async (kind) => {
  const { client, accepted, close } = await acceptedSocket(kind === 'TLS')
  const parts: Buffer[] = []
  const memories = new Set<ArrayBufferLike>()
  const isShared = readClient(accepted, (bytes) => {
    memories.add(bytes.buffer)
    parts.push(Buffer.from(bytes))
  })
  client.end(MEGABYTE)
  await once(accepted, 'close')
  expect({ isShared, memories: memories.size }).toEqual({ isShared: true, memories: 1 })
  expect(Buffer.concat(parts).equals(MEGABYTE)).toBe(true)
  close()
})

test('a client that is not read waits, and goes on where it was', async () => {
  const { client, accepted, close } = await acceptedSocket(true)
  const parts: Buffer[] = []
  readClient(accepted, (bytes) => {
    parts.push(Buffer.from(bytes))
    if (parts.length === 1) accepted.pause()
  })
  for (let sent = 0; sent < 32; sent++) client.write(MEGABYTE)
  await waitFor(() => parts.length > 0, { what: 'the first bytes' })
  await sleep(100)
  expect(Buffer.concat(parts).length).toBeLessThan(MEGABYTE.length)
  accepted.resume()
  client.end()
  await once(accepted, 'close')
  expect(Buffer.concat(parts).equals(Buffer.concat(Array(32).fill(MEGABYTE)))).toBe(true)
  close()
})

test.each(['TLS', 'plaintext'])('what a client sent by %s before it is read comes first', async (kind) => {
  const { client, accepted, close } = await acceptedSocket(kind === 'TLS')
  client.write('early, ')
  await waitFor(() => accepted.readableLength > 0, { what: 'bytes that nobody reads' })
  const parts: string[] = []
  readClient(accepted, (bytes) => parts.push(bytes.toString()))
  client.end('late')
  await once(accepted, 'close')
  expect(parts).toEqual(['early, ', 'late'])
  close()
})

test('a socket without a place for a buffer is read all the same', async () => {
  const [here, there] = duplexPair()
  const parts: Buffer[] = []
  expect(readClient(here, (bytes) => parts.push(bytes))).toBe(false)
  there.end(MEGABYTE)
  await once(here, 'end')
  expect(Buffer.concat(parts).equals(MEGABYTE)).toBe(true)
})

/** Streams that no system socket is under: what a Node without the place would give. */
function duplexPair(): [net.Socket, Duplex] {
  const here = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() })
  const there = new Duplex({
    read() {},
    write: (chunk, _encoding, done) => done(here.push(chunk) ? undefined : null),
    final: (done) => done(here.push(null) ? undefined : null),
  })
  return [here as net.Socket, there]
}
