// SPDX-License-Identifier: Apache-2.0
/** Server-sent events on a hijacked answer: headers, heartbeats, and waiting for slow readers instead of buffering for them. */
import type { FastifyReply } from 'fastify'

/** Proxies and clients that hear nothing for a minute give up. */
const HEARTBEAT_MS = 15_000

/** Without keep-alive: a stopping server would wait for the connection after the stream has ended. */
export const SSE_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  connection: 'close',
} as const

/** One open stream. */
export interface SseStream {
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal
  /** Writes one message; resolves when the connection takes more. */
  send(id: string, data: string): Promise<void>
  close(): void
}

/** Takes the answer over from fastify and starts the stream. */
export function openSseStream(reply: FastifyReply): SseStream {
  reply.hijack()
  const { raw } = reply
  const gone = new AbortController()
  raw.on('close', () => {
    clearInterval(heartbeat)
    gone.abort()
  })
  raw.writeHead(200, SSE_HEADERS)
  raw.write(': hello\n\n')
  const heartbeat = setInterval(() => {
    if (raw.writableLength === 0) raw.write(': still here\n\n')
  }, HEARTBEAT_MS)
  return {
    signal: gone.signal,
    send: async (id, data) => {
      if (gone.signal.aborted) return
      if (raw.write(`id: ${id}\ndata: ${data}\n\n`)) return
      await new Promise<void>((resolve) => {
        const done = () => {
          raw.off('drain', done)
          raw.off('close', done)
          resolve()
        }
        raw.on('drain', done)
        raw.on('close', done)
      })
    },
    close: () => raw.end(),
  }
}
