// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { acceptedSocket } from '../test/accepted-socket.ts'
import { ClientWriter } from './client-writer.ts'

test.each([
  ['TLS', true],
  ['plaintext', false],
])(
  'borrowed bytes arrive by %s as they were when written, though their owner overwrites them at once',
  async (_, isEncrypted) => {
    const { writer, received, end } = await connected(isEncrypted)
    const shared = Buffer.alloc(100_000)
    const expected: Buffer[] = []
    for (let round = 0; round < 100; round++) {
      shared.fill(round)
      writer.collect()
      for (let from = 0; from < shared.length; from += 30_000) writer.writeBorrowed(shared.subarray(from, from + 30_000))
      writer.flush()
      expected.push(Buffer.from(shared))
      if (round % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    end()
    expect((await received).equals(Buffer.concat(expected))).toBe(true)
  },
)

test('own and borrowed bytes keep their order, collected or not', async () => {
  const { writer, received, end } = await connected(true)
  const shared = Buffer.from('abcdefgh')
  writer.collect()
  writer.writeBorrowed(shared.subarray(0, 2))
  writer.write(Buffer.from('-'))
  writer.writeBorrowed(shared.subarray(2, 4))
  writer.writeBorrowed(shared.subarray(6))
  writer.flush()
  writer.writeBorrowed(shared.subarray(4, 6))
  end()
  expect((await received).toString()).toBe('ab-cdghef')
})

/** The writer is on the accepted side, as in the gateway. */
async function connected(isEncrypted: boolean) {
  const { client, accepted, close } = await acceptedSocket(isEncrypted)
  const parts: Buffer[] = []
  client.on('data', (part: Buffer) => parts.push(part))
  const received = once(client, 'end').then(() => Buffer.concat(parts))
  const end = (): void => {
    accepted.end()
    close()
  }
  return { writer: new ClientWriter(accepted, () => {}), received, end }
}
