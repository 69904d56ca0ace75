// SPDX-License-Identifier: Apache-2.0
/** A long answer that is written at the pace of its reader. Who reads nothing for a while is cut off, as she holds what others wait for. */
import type { FastifyReply } from 'fastify'

/** One open answer. */
export interface AnswerStream {
  /** Aborts when the client has gone, or was cut off. */
  readonly signal: AbortSignal
  /** Resolves when the connection takes more; does nothing once the client has gone. */
  write(text: string): Promise<void>
  close(): void
}

/** Takes the answer over from fastify and sends status 200 with `headers`. */
export function openAnswerStream(
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
  stallMs: number,
): AnswerStream {
  reply.hijack()
  const { raw } = reply
  const gone = new AbortController()
  raw.on('close', () => gone.abort())
  raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...headers })
  return {
    signal: gone.signal,
    write: async (text) => {
      if (gone.signal.aborted || raw.write(text)) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const stalled = setTimeout(() => raw.destroy(), stallMs)
      raw.once('drain', resolve)
      raw.once('close', resolve)
      await promise
      clearTimeout(stalled)
      raw.off('drain', resolve)
      raw.off('close', resolve)
    },
    close: () => raw.end(),
  }
}
