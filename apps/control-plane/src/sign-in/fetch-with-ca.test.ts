// SPDX-License-Identifier: Apache-2.0
/** A provider with a certificate of the company's own CA is reached with that CA, and not without it. */
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createCertificates } from '@kaas/testkit'
import { expect, it } from 'vitest'
import { fetchWithCa } from './fetch-with-ca.ts'

it('sends what it is told, follows no redirect, and gives status, headers and body', async () => {
  const { caPem, certPem, keyPem } = await createCertificates()
  const server = createServer({ cert: certPem, key: keyPem }, async (request, response) => {
    const body = await text(request)
    if (request.url === '/moved') response.writeHead(302, { location: 'https://evil.example/' }).end()
    else response.writeHead(201, { 'content-type': 'text/plain' }).end(`${request.method} ${request.headers.a} ${body}`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  const trusting = fetchWithCa(caPem)
  const answer = await trusting(`${url}/`, { method: 'POST', headers: { a: '1' }, body: new URLSearchParams({ b: '2' }) })
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([201, 'text/plain', 'POST 1 b=2'])
  expect((await trusting(`${url}/moved`, { method: 'GET', headers: {} })).status).toBe(302)
  const other = (await createCertificates()).caPem
  await expect(fetchWithCa(other)(`${url}/`, { method: 'GET', headers: {} })).rejects.toThrow(/certificate/)
  const ended = AbortSignal.abort()
  await expect(trusting(`${url}/`, { method: 'GET', headers: {}, signal: ended })).rejects.toThrow()
  server.close()
})
