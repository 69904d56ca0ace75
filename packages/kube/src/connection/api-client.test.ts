// SPDX-License-Identifier: Apache-2.0
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ApiClient } from './api-client.ts'
import { CredentialSource } from './credentials.ts'

const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

test('a kept connection that the server closed meanwhile costs no request', async () => {
  let answered = 0
  const url = await serve((request, response) => {
    answered += 1
    // The second request of a connection is what the server does not take any more.
    if (answered === 2) request.socket.resetAndDestroy()
    else response.end('{}')
  })
  const client = clientOf({ server: url })
  await client.send({ method: 'GET', path: '/version' })
  expect(await client.send({ method: 'GET', path: '/version' })).toMatchObject({ status: 200 })
  expect(answered).toBe(3)
})

test('a new connection that is closed at once is a server that is away, and is not tried again in the same breath', async () => {
  let asked = 0
  const url = await serve((request) => {
    asked += 1
    request.socket.resetAndDestroy()
  })
  await expect(clientOf({ server: url }).send({ method: 'GET', path: '/version' })).rejects.toMatchObject({
    code: 'kubernetes-unavailable',
    message: expect.stringContaining(url),
  })
  expect(asked).toBe(1)
})

test('requests go through the proxy that the kubeconfig names', async () => {
  const seen: (string | undefined)[] = []
  const proxy = await serve((request, response) => {
    seen.push(request.url)
    response.end('{}')
  })
  await clientOf({ server: 'http://kube.example:6443', 'proxy-url': proxy }).send({ method: 'GET', path: '/version' })
  expect(seen).toEqual(['http://kube.example:6443/version'])
})

test('an answer that never ends is given up within its time', async () => {
  const url = await serve((_, response) => response.write('{'))
  const sent = clientOf({ server: url }).send({ method: 'GET', path: '/version', timeoutMs: 100 })
  await expect(sent).rejects.toMatchObject({
    code: 'kubernetes-unavailable',
    message: expect.stringContaining('no answer in time'),
  })
})

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function clientOf(cluster: object): ApiClient {
  const kubeconfig = JSON.stringify({
    'current-context': 'a',
    contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
    clusters: [{ name: 'a', cluster }],
    users: [{ name: 'a', user: {} }],
  })
  const client = new ApiClient(new CredentialSource(kubeconfig, false, () => new Date()))
  closing.push(() => client.close())
  return client
}
