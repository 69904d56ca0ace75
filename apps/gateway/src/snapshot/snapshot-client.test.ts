// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { SnapshotEvent } from '@kaas/domain'
import type { Fields, Log } from '@kaas/telemetry'
import { temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterEach, expect, test } from 'vitest'
import { SnapshotClient } from './snapshot-client.ts'
import { SnapshotView } from './snapshot-view.ts'

const cluster = { name: 'local', bootstrapServers: ['a:1'], tls: { enabled: false }, brokers: [] }
const limits = { partitions: 1, retentionMs: 1, connections: 1 }
const closing: (() => void | Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

test('the stream is followed: full state, then changes, cut anywhere, with heartbeats between', async () => {
  const { view, stream } = await start()
  const response = await stream()
  const text = `: hello\n\ndata: ${JSON.stringify(full(1))}\n\n: heartbeat\n\ndata: ${JSON.stringify(tenantEvent(2, 'orders'))}\n\n`
  for (const part of text.match(/[\s\S]{1,17}/g) ?? []) response.write(part)
  await waitFor(() => view.version === 2, { what: 'both events' })
  expect(view.tenant('orders')?.cluster).toBe('local')
})

test('a stream that ends is opened again, with the token each time', async () => {
  const { view, stream, authorizations } = await start()
  const first = await stream()
  first.end(`data: ${JSON.stringify(full(1))}\n\n`)
  const second = await stream()
  second.write(`data: ${JSON.stringify(full(2))}\n\n`)
  await waitFor(() => view.version === 2, { what: 'the second state' })
  expect(authorizations).toEqual(['Bearer gateway-secret', 'Bearer gateway-secret'])
})

test.each([
  ['text that is no JSON', 'data: oops\n\n'],
  ['a document that is no snapshot', 'data: {"kind":"full","snapshot":{"version":2}}\n\n'],
  ['an older version', `data: ${JSON.stringify(full(0))}\n\n`],
])('%s is refused, the old snapshot stays, and the log says so without a secret', async (_, bad) => {
  const { view, stream, lines } = await start()
  const first = await stream()
  first.write(`data: ${JSON.stringify(full(1))}\n\n`)
  await waitFor(() => view.version === 1, { what: 'the good state' })
  first.write(bad)
  await stream()
  expect(view.version).toBe(1)
  expect(lines.some(({ message }) => message === 'the snapshot stream broke')).toBe(true)
  expect(JSON.stringify(lines)).not.toContain('gateway-secret')
})

test('a token that is not accepted is named, and asked for again', async () => {
  const { lines } = await start({ status: 401 })
  const line = await waitFor(() => lines.find(({ code }) => code === 'credentials-wrong'), { what: 'the warning' })
  expect(line.help).toContain('KAAS_SNAPSHOT_TOKEN_FILE')
})

test('a gateway that starts while the control plane is away serves from the last good snapshot', async () => {
  const lastGoodFile = join(temporaryDirectory('snapshot'), 'deep', 'last-good.json')
  const { view, stream, client } = await start({ lastGoodFile })
  const first = await stream()
  first.write(`data: ${JSON.stringify(full(7))}\n\n`)
  await waitFor(() => view.version === 7, { what: 'the state' })
  await client.stop()
  expect(JSON.parse(readFileSync(lastGoodFile, 'utf8'))).toMatchObject({ version: 7 })

  const later = await start({ lastGoodFile, status: 503 })
  expect(later.view.version).toBe(7)
})

test('a last good snapshot that cannot be read is named in the log and not used', async () => {
  const lastGoodFile = join(temporaryDirectory('snapshot'), 'last-good.json')
  writeFileSync(lastGoodFile, '{"version":')
  const { view, lines } = await start({ lastGoodFile, status: 503 })
  expect(view.version).toBe(-1)
  expect(lines[0]).toMatchObject({ message: 'the last good snapshot cannot be used', file: lastGoodFile })
})

async function start(options: { readonly status?: number; readonly lastGoodFile?: string } = {}) {
  const authorizations: (string | undefined)[] = []
  const streams: ServerResponse[] = []
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization)
    response.writeHead(options.status ?? 200, { 'content-type': 'text/event-stream' })
    if (options.status === undefined) {
      response.flushHeaders()
      streams.push(response)
    } else response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const tokenFile = join(temporaryDirectory('snapshot'), 'token')
  writeFileSync(tokenFile, 'gateway-secret\n')
  const view = new SnapshotView()
  const lines: (Fields & { readonly message: string })[] = []
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/gateway/snapshot`
  const settings = { url, tokenFile, lastGoodFile: options.lastGoodFile, firstRetryMs: 20 }
  const client = new SnapshotClient(settings, view, logInto(lines))
  await client.start()
  closing.push(async () => {
    await client.stop()
    server.closeAllConnections()
    server.close()
  })
  const stream = (): Promise<ServerResponse> => waitFor(() => streams.shift(), { what: 'a connection' })
  return { view, client, stream, lines, authorizations }
}

function logInto(lines: (Fields & { readonly message: string })[]): Log {
  const add = (fields: Fields, message: string): void => void lines.push({ ...fields, message })
  const log: Log = { debug: () => {}, info: add, warn: add, error: add, child: () => log }
  return log
}

function full(version: number): SnapshotEvent {
  return { kind: 'full', snapshot: { version, clusters: [cluster], tenants: [] } }
}

function tenantEvent(version: number, name: string): SnapshotEvent {
  return { kind: 'tenant', version, tenant: { name, cluster: 'local', limits, paused: false } }
}
