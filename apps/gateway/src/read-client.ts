// SPDX-License-Identifier: Apache-2.0
/**
 * Reads clients into one buffer. Node offers that (`onread`) for sockets that it opens and not for those that it accepts, though both are
 * the same inside: what `onread` sets is set here afterwards. A Node that no longer has it gives each read a buffer of its own, which
 * costs more and changes nothing else (decision 0012).
 */
import type { Socket } from 'node:net'
import { bytesAllocated } from './young-memory.ts'

/** A TLS record brings at most 16 KiB. */
const READ_BUFFER = Buffer.allocUnsafeSlow(64 * 1024)

/** What Node calls the places in a socket where `onread` is kept. */
const KEPT = ['kBuffer', 'kBufferCb'] as const

/** Starts to read. `take` must use up or copy the bytes before it returns: they are overwritten then. Returns whether one buffer does. */
export function readClient(socket: Socket, take: (bytes: Buffer) => void): boolean {
  // What came before, and everything where there is no such place.
  socket.on('data', (chunk: Buffer) => {
    bytesAllocated(chunk.length)
    take(chunk)
  })
  const [buffer, callback] = KEPT.map((name) => placeIn(socket, name))
  const handle: unknown = Reflect.get(socket, '_handle')
  if (buffer === undefined || callback === undefined || !takesBuffer(handle)) return false
  Reflect.set(socket, buffer, READ_BUFFER)
  Reflect.set(socket, callback, (count: number) => {
    take(READ_BUFFER.subarray(0, count))
    return true
  })
  handle.useUserBuffer(READ_BUFFER)
  return true
}

function placeIn(socket: Socket, name: string): symbol | undefined {
  return Object.getOwnPropertySymbols(socket).find((each) => each.description === name)
}

function takesBuffer(handle: unknown): handle is { useUserBuffer(buffer: Buffer): void } {
  return typeof handle === 'object' && handle !== null && typeof Reflect.get(handle, 'useUserBuffer') === 'function'
}
