// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { BrokerWriter } from './broker-writer.ts'

test('bytes arrive as they were when written, though their owner overwrites them at once and others write in between', async () => {
  const sides = await Promise.all([connected(), connected()])
  const borrowed = Buffer.alloc(700_000)
  for (let round = 0; round < 200; round++) {
    for (const [at, { write }] of sides.entries()) {
      const length = [3, 17, 16_384, borrowed.length][(round + at) % 4] ?? 0
      write(borrowed.subarray(0, length).fill(round + at))
    }
    if (round % 7 === 0) await turn()
  }
  for (const { finished } of sides) {
    const { received, sent } = await finished()
    expect(received).toBe(sent)
  }
})

test('a broker that does not read keeps what was written for it, and says that it is slow', async () => {
  const { far, writer, write, finished } = await connected()
  far.pause()
  const borrowed = Buffer.alloc(16_384)
  let written = 0
  while (writer.isWritable) {
    write(borrowed.fill(written++))
    await turn()
  }
  for (let more = 0; more < 20; more++) write(borrowed.fill(more))
  far.resume()
  const { received, sent } = await finished()
  expect(received).toBe(sent)
})

test('what is written in one turn leaves together, and its writer is told once', async () => {
  const { writer, write, finished, leaves } = await connected()
  for (let at = 0; at < 100; at++) write(Buffer.from('tiny'))
  expect(leaves()).toBe(0)
  await turn()
  await turn()
  expect(leaves()).toBe(1)
  writer.flush()
  const { received, sent } = await finished()
  expect(received).toBe(sent)
})

/** A writer, the broker's end, and what was written and what came as digests. */
async function connected() {
  const server = net.createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const near = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1')
  const [far] = (await once(server, 'connection')) as [net.Socket]
  const [sent, received] = [createHash('sha256'), createHash('sha256')]
  far.on('data', (bytes) => received.update(bytes))
  let leaves = 0
  const writer = new BrokerWriter(near, () => {
    leaves += 1
  })
  const write = (bytes: Buffer): void => {
    sent.update(bytes)
    writer.write(bytes)
  }
  const finished = async () => {
    writer.flush()
    near.end()
    await once(far, 'end')
    server.close()
    return { received: received.digest('hex'), sent: sent.digest('hex') }
  }
  return { far, writer, write, finished, leaves: () => leaves }
}
