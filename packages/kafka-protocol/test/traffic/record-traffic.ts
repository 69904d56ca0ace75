// SPDX-License-Identifier: Apache-2.0
/**
 * Records what a real client and a real broker say to each other, as vectors. Relays bytes unchanged, so the broker must advertise
 * the relay's address:
 *
 *     node packages/kafka-protocol/test/traffic/record-traffic.ts <listen port> <broker port> <name of the client> <file>
 *
 * Ends at SIGTERM. Keeps, per API, version and direction, the largest frame of at most 1,500 bytes. Each line of the file is
 * direction, API key, version, hexadecimal digits of the frame without its length, and client.
 */
import { writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { FrameSplitter } from '../../src/frame-splitter.ts'
import { readRequestHeader } from '../../src/header.ts'

const MAX_FRAME_BYTES = 1500

const [, , listenPort, brokerPort, client, file] = process.argv
if (listenPort === undefined || brokerPort === undefined || client === undefined || file === undefined) {
  process.stderr.write('Give listen port, broker port, the name of the client and a file.\n')
  process.exit(2)
}
const kept = new Map<string, string>()

createServer(relay).listen(Number(listenPort), '127.0.0.1')
process.on('SIGTERM', () => {
  const lines = [...kept].map(([what, hex]) => `${what} ${hex} ${client}`)
  writeFileSync(file, `${lines.sort().join('\n')}\n`)
  process.exit(0)
})

function relay(socket: Socket): void {
  const broker = connect(Number(brokerPort), '127.0.0.1')
  const inFlight = new Map<number, string>()
  watch(socket, (frame) => {
    const { apiKey, apiVersion, correlationId } = readRequestHeader(frame)
    inFlight.set(correlationId, `${apiKey} ${apiVersion}`)
    keep(`request ${apiKey} ${apiVersion}`, frame)
  })
  watch(broker, (frame) => {
    const what = inFlight.get(frame.readInt32BE(0))
    if (what !== undefined) keep(`response ${what}`, frame)
  })
  for (const [from, to] of [
    [socket, broker],
    [broker, socket],
  ] as const) {
    from.pipe(to)
    from.on('error', () => to.destroy())
  }
}

function watch(stream: Socket, onFrame: (frame: Buffer) => void): void {
  const splitter = new FrameSplitter()
  stream.on('data', (chunk: Buffer) => splitter.push(chunk).forEach(onFrame))
}

function keep(what: string, frame: Buffer): void {
  const hex = frame.toString('hex')
  if (frame.length <= MAX_FRAME_BYTES && hex.length >= (kept.get(what)?.length ?? 0)) kept.set(what, hex)
}
