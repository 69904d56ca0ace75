// SPDX-License-Identifier: Apache-2.0
/** Takes the PROXY header off a fresh socket and leaves what follows for the TLS handshake. */
import type { Socket } from 'node:net'
import { readProxyHeader } from './proxy-header.ts'

/** What came of it: the client's address (undefined when the header tells none), or why the socket cannot be used. */
export type TakenHeader =
  | { readonly kind: 'taken'; readonly remote: string | undefined }
  | { readonly kind: 'refused'; readonly reason: string }

/** Resolves once; the socket is then paused, or of no use. */
export function takeProxyHeader(socket: Socket, timeoutMs: number): Promise<TakenHeader> {
  const { promise, resolve } = Promise.withResolvers<TakenHeader>()
  const refuse = (reason: string) => finish({ kind: 'refused', reason })
  const timer = setTimeout(() => refuse('it sent no PROXY header in time'), timeoutMs)
  let bytes: Buffer = Buffer.alloc(0)
  const onData = (chunk: Buffer) => {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
    const header = readProxyHeader(bytes)
    if (header.kind === 'wrong') refuse(header.reason)
    if (header.kind !== 'complete') return
    socket.pause()
    finish({ kind: 'taken', remote: header.remote })
    if (bytes.length > header.length) socket.unshift(bytes.subarray(header.length))
  }
  const onEnd = () => refuse('it left before its PROXY header')
  const finish = (taken: TakenHeader) => {
    clearTimeout(timer)
    socket.off('data', onData).off('end', onEnd).off('error', onEnd).off('close', onEnd)
    resolve(taken)
  }
  socket.on('data', onData).on('end', onEnd).on('error', onEnd).on('close', onEnd)
  return promise
}
