// SPDX-License-Identifier: Apache-2.0
/** A reader that stops reading, over a real socket: she is cut off, and whoever writes learns it. */
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import Fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { openAnswerStream } from './answer-stream.ts'

const server = Fastify({ forceCloseConnections: true })

afterEach(() => server.close())

test('a client that takes nothing is cut off after a while, and one that reads gets everything', async () => {
  const STALL_MS = 1_500
  let cutOff = false
  server.get('/:count', async (request, reply) => {
    const count = Number((request.params as { readonly count: string }).count)
    const stream = openAnswerStream(reply, { 'content-type': 'text/plain' }, STALL_MS)
    for (let written = 0; written < count && !stream.signal.aborted; written += 1) await stream.write('x'.repeat(100_000))
    cutOff = stream.signal.aborted
    stream.close()
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  expect(await (await fetch(`http://127.0.0.1:${port}/20`)).text()).toHaveLength(2_000_000)
  expect(cutOff).toBe(false)
  const deaf = connect(port, '127.0.0.1')
  await once(deaf, 'connect')
  deaf.pause()
  deaf.write('GET /200 HTTP/1.1\r\nHost: x\r\n\r\n')
  for (let waited = 0; !cutOff && waited < 160; waited += 1) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(cutOff).toBe(true)
  deaf.destroy()
})
