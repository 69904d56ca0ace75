// SPDX-License-Identifier: Apache-2.0
/**
 * Records what a real client and a real broker say to each other, as vectors. Relays bytes unchanged, so the broker must advertise
 * the relay's address:
 *
 *     node packages/kafka-protocol/test/traffic/record-traffic.ts <listen port> <broker port> <client-and-version>
 *
 * At SIGTERM it writes `test/vectors/traffic/`, a file per API: of each version and direction the largest frame of at most 1,500
 * bytes. Lines of other clients stay. A line is direction, version, client and the frame without its length, in hexadecimal.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { apiOf } from '../../src/apis.ts'
import { FrameGatherer } from '../../src/frame-gatherer.ts'
import { readRequestHeader } from '../../src/header.ts'

const MAX_FRAME_BYTES = 1500
const FOLDER = new URL('../vectors/traffic/', import.meta.url)

const [, , listenPort, brokerPort, client] = process.argv
if (listenPort === undefined || brokerPort === undefined || client === undefined) {
  process.stderr.write('Give listen port, broker port and the client with its version.\n')
  process.exit(2)
}

/** Frames in hexadecimal, by the beginning of their line, by API key. */
const kept = new Map<number, Map<string, string>>()

createServer(relay).listen(Number(listenPort), '127.0.0.1')
process.on('SIGTERM', () => {
  mkdirSync(FOLDER, { recursive: true })
  for (const [apiKey, frames] of kept) save(apiKey, frames)
  process.exit(0)
})

function relay(socket: Socket): void {
  const broker = connect(Number(brokerPort), '127.0.0.1')
  const inFlight = new Map<number, { readonly apiKey: number; readonly apiVersion: number }>()
  watch(socket, (frame) => {
    const { apiKey, apiVersion, correlationId } = readRequestHeader(frame)
    inFlight.set(correlationId, { apiKey, apiVersion })
    keep(apiKey, `request v${apiVersion}`, frame)
  })
  watch(broker, (frame) => {
    const request = inFlight.get(frame.readInt32BE(0))
    if (request !== undefined) keep(request.apiKey, `response v${request.apiVersion}`, frame)
  })
  const ends = [
    [socket, broker],
    [broker, socket],
  ] as const
  for (const [from, to] of ends) {
    from.pipe(to)
    from.on('error', () => to.destroy())
  }
}

function watch(stream: Socket, onFrame: (frame: Buffer) => void): void {
  const gatherer = new FrameGatherer()
  stream.on('data', (chunk: Buffer) => gatherer.push(chunk).forEach(onFrame))
}

function keep(apiKey: number, what: string, frame: Buffer): void {
  const frames = kept.get(apiKey) ?? new Map<string, string>()
  kept.set(apiKey, frames)
  const hex = frame.toString('hex')
  if (frame.length <= MAX_FRAME_BYTES && hex.length >= (frames.get(what)?.length ?? 0)) frames.set(what, hex)
}

function save(apiKey: number, frames: ReadonlyMap<string, string>): void {
  const file = new URL(`${String(apiKey).padStart(2, '0')}-${apiOf(apiKey)?.name ?? 'unknown'}.txt`, FOLDER)
  const before = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
  const now = [...frames].map(([what, hex]) => `${what} ${client} ${hex}`)
  const others = before.filter((line) => !now.some((own) => line.startsWith(own.slice(0, own.lastIndexOf(' ') + 1))))
  writeFileSync(file, `${[...others, ...now].sort().join('\n')}\n`)
}
