// SPDX-License-Identifier: Apache-2.0
/** The client against answers that a server or something on the way may give, over real sockets. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createClient } from './client.ts'
import { describeKind } from './kind-description.ts'

const TENANT = describeKind('Tenant')
const TOPIC = describeKind('Topic')
let close: () => void = () => {}
afterEach(() => close())

async function clientOf(answer: (request: IncomingMessage, response: ServerResponse) => void, signal?: AbortSignal) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return createClient({ baseUrl, token: 'secret', fetch, ...(signal === undefined ? {} : { signal }) })
}

const answering = (status: number, body: string) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

it('sends token, condition and escaped names', async () => {
  let seen: { url: string | undefined; headers: IncomingMessage['headers'] } | undefined
  const client = await clientOf((request, response) => {
    seen = { url: request.url, headers: request.headers }
    answering(404, '{}')(request, response)
  })
  const options = { dryRun: true, confirm: 'a b', expectedGeneration: 3 }
  await client.delete({ kind: TOPIC, tenant: 'o/../x', name: 'a?b' }, options).catch(() => undefined)
  expect(seen?.url).toBe('/v1/tenants/o%2F..%2Fx/topics/a%3Fb?dryRun=true&confirm=a+b')
  expect(seen?.headers).toMatchObject({ authorization: 'Bearer secret', 'if-match': '"3"' })
})

it('turns a problem document back into its error', async () => {
  const problem = {
    type: 'https://kaas.dev/errors#limit-exceeded',
    title: 'x',
    status: 422,
    detail: 'Too many partitions.',
    code: 'limit-exceeded',
    help: 'Ask for fewer.',
    fields: [{ path: 'spec.partitions', message: 'Must be at most 4.' }],
  }
  const client = await clientOf(answering(422, JSON.stringify(problem)))
  await expect(client.get({ kind: TENANT, name: 'a' })).rejects.toMatchObject({
    code: 'limit-exceeded',
    message: 'Too many partitions.',
    help: 'Ask for fewer.',
    fields: problem.fields,
  })
})

it.each([
  ['a proxy’s page', 502, '<html>Bad gateway</html>', 'api-unavailable'],
  [
    'a code of a newer server',
    500,
    '{"type":"","title":"","status":500,"detail":"","code":"from-the-future"}',
    'internal-bug',
  ],
  ['a page that is none', 200, '<html>', 'internal-bug'],
  ['another shape', 200, '{"items": 5}', 'internal-bug'],
])('names %s for what it is', async (_, status, body, code) => {
  const client = await clientOf(answering(status, body))
  await expect(client.list(TENANT)).rejects.toMatchObject({ code, help: expect.any(String) })
})

it('says how to start a server that is not there', async () => {
  const client = createClient({ baseUrl: 'http://127.0.0.1:1', fetch })
  await expect(client.list(TENANT)).rejects.toMatchObject({
    code: 'api-unavailable',
    help: expect.stringContaining('npm start'),
  })
})

it('tells a time-out from a caller who left', async () => {
  const silent = () => {}
  const late = await clientOf(silent, AbortSignal.timeout(50))
  await expect(late.list(TENANT)).rejects.toMatchObject({ code: 'wait-timeout' })
  close()
  const left = await clientOf(silent, AbortSignal.abort())
  await expect(left.list(TENANT)).rejects.toMatchObject({ code: 'cancelled-by-caller' })
})

it('takes a document with fields that it does not know yet', async () => {
  const metadata = {
    name: 'a',
    uid: 'u',
    generation: 1,
    createdAt: '',
    updatedAt: '',
    labels: {},
    annotations: {},
    region: 'eu',
  }
  const resource = { apiVersion: 'kaas.dev/v1', kind: 'Galaxy', metadata, spec: { stars: 5 }, extra: true }
  const client = await clientOf(answering(200, JSON.stringify(resource)))
  const galaxy = { kind: 'Galaxy', plural: 'galaxies', singular: 'galaxy', scope: 'platform' } as const
  expect(await client.get({ kind: galaxy, name: 'a' })).toMatchObject({ spec: { stars: 5 }, extra: true })
})

it('ends a stream of events with an error when the server is gone', async () => {
  const client = await clientOf((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const event = {
      sequence: 1,
      at: '',
      type: 'created',
      kind: 'Tenant',
      name: 'a',
      uid: 'u',
      generation: 1,
      conditions: [],
    }
    response.write(`id: 1\ndata: ${JSON.stringify(event)}\n\n`, () => setTimeout(() => response.destroy(), 20))
  })
  const seen: number[] = []
  const reading = (async () => {
    for await (const event of client.events()) seen.push(event.sequence)
  })()
  await expect(reading).rejects.toMatchObject({ code: 'api-unavailable' })
  expect(seen).toEqual([1])
})
