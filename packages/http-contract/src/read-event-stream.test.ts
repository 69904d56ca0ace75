// SPDX-License-Identifier: Apache-2.0
/** Server-sent events, however the bytes are cut. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readEventStream, type ServerSentEvent } from './read-event-stream.ts'

async function eventsIn(chunks: readonly (string | Uint8Array)[]): Promise<ServerSentEvent[]> {
  async function* bytes() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
  }
  const events: ServerSentEvent[] = []
  for await (const event of readEventStream(bytes())) events.push(event)
  return events
}

it('reads ids, names, lines of data and passes over comments and unknown fields', async () => {
  const text = ': hello\n\nid: 7\nevent: change\ndata: {"a":\ndata: 1}\nretry: 5\n\ndata:x\n\n: still here\n\ndata: cut off'
  expect(await eventsIn([text])).toEqual([
    { id: '7', event: 'change', data: '{"a":\n1}' },
    { id: '7', event: 'message', data: 'x' },
  ])
})

it.each(['\n', '\r\n', '\r'])('takes %j as the end of a line', async (end) => {
  const text = ['id: 1', 'data: a', '', 'id: 2', 'data: b', '', ''].join(end)
  expect((await eventsIn([text])).map((event) => event.data)).toEqual(['a', 'b'])
})

it('reads the same wherever the network cuts, also inside a character and between CR and LF', async () => {
  const text = 'id: 1\r\ndata: zażółć 🙂\r\n\r\nid: 2\ndata: second\n\n'
  const whole = await eventsIn([text])
  const bytes = new TextEncoder().encode(text)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
      expect(await eventsIn(chunks)).toEqual(whole)
    }),
  )
})

it('gives up on a line that never ends', async () => {
  const endless = new Uint8Array(16 * 1024 * 1024).fill(120)
  await expect(eventsIn([endless, endless, endless, endless, endless])).rejects.toThrow(RangeError)
})
