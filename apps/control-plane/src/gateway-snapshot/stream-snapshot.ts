// SPDX-License-Identifier: Apache-2.0
/**
 * Writes one subscription as server-sent events (`GET /v1/gateway/snapshot`). A slow reader is not buffered for without a bound: what
 * it misses is dropped, and it gets the full state again when it has caught up.
 */
import type { Writable } from 'node:stream'
import type { PublishedEvent, SnapshotPublisher } from './snapshot-publisher.ts'

/** How the stream behaves; defaults are for gateways in the same or a nearby network. */
export interface StreamOptions {
  /** Between comments that only show that the stream lives. 15 s when absent. */
  readonly heartbeatMs?: number
  /** Bytes that may wait for a slow reader beyond a full state. 1 MiB when absent. */
  readonly maxWaitingBytes?: number
}

/**
 * Streams until `output` closes; the returned function ends it earlier and ends `output`. The caller has sent the headers
 * (`content-type: text/event-stream`).
 */
export function streamSnapshot(publisher: SnapshotPublisher, output: Writable, options: StreamOptions = {}): () => void {
  const maxWaitingBytes = options.maxWaitingBytes ?? 1024 * 1024
  let missing = false
  let fullBytes = 0

  const send = (published: PublishedEvent) => {
    if (missing) return
    if (output.writableLength > maxWaitingBytes + fullBytes) {
      missing = true
      return
    }
    if (published.event.kind === 'full') fullBytes = published.json.length
    output.write(`id: ${versionOf(published)}\ndata: ${published.json}\n\n`)
  }
  const catchUp = () => {
    if (!missing) return
    missing = false
    send(publisher.full())
  }

  const heartbeat = setInterval(() => {
    if (output.writableLength <= maxWaitingBytes + fullBytes) output.write(': still here\n\n')
  }, options.heartbeatMs ?? 15_000)
  const unsubscribe = publisher.subscribe(send)
  const leave = () => {
    clearInterval(heartbeat)
    unsubscribe()
    output.off('drain', catchUp)
  }
  output.on('drain', catchUp)
  output.once('close', leave)
  output.once('error', leave)
  return () => {
    leave()
    output.end()
  }
}

function versionOf({ event }: PublishedEvent): number {
  return event.kind === 'full' ? event.snapshot.version : event.version
}
