// SPDX-License-Identifier: Apache-2.0
/** The journal on its way: against a control plane that is away, answers and is not heard, or finds a fault. */
import { readdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type GatewayAudit, gatewayAuditSchema } from '@kaas/domain'
import type { Log } from '@kaas/telemetry'
import { temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Journal, type Seen } from './journal.ts'
import { JournalSender } from './journal-sender.ts'

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => SILENT }
const seen = (user: string): Seen => ({
  action: 'log-in',
  outcome: 'denied',
  rule: 'credentials-wrong',
  message: 'No.',
  user,
})

/** Speaks the route as the control plane does; `mode` says how it fails. Saves each number once, as the store does. */
let mode: 'answers' | 'away' | 'loses the answer' | 'refuses'
let saved: string[]
let through: Map<string, number>
let server: Server
let folder: string
const senders: JournalSender[] = []

beforeEach(async () => {
  mode = 'answers'
  saved = []
  through = new Map()
  folder = join(temporaryDirectory('journal'), 'audit')
  server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    if (mode === 'away') return response.destroy()
    if (mode === 'refuses') return response.writeHead(400).end()
    save(gatewayAuditSchema.parse(JSON.parse(text)))
    if (mode === 'loses the answer') return response.destroy()
    const { node } = JSON.parse(text) as GatewayAudit
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ through: through.get(node) }))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.stop()))
  server.closeAllConnections()
  server.close()
})

function save({ node, events }: GatewayAudit): void {
  for (const { sequence, action, user } of events) {
    if (sequence <= (through.get(node) ?? 0)) continue
    through.set(node, sequence)
    saved.push(user ?? action)
  }
}

function started(journal: Journal, node: string): JournalSender {
  const tokenFile = join(temporaryDirectory('journal'), 'token')
  writeFileSync(tokenFile, 'gateway-secret')
  const snapshotUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/gateway/snapshot`
  const sender = new JournalSender({ snapshotUrl, tokenFile, folder, node, everyMs: 20 }, journal, SILENT)
  senders.push(sender)
  return sender
}

test('events reach the control plane in order and once, though answers are lost', async () => {
  const journal = new Journal()
  mode = 'loses the answer'
  started(journal, 'a')
  for (const user of ['u.1', 'u.2', 'u.3']) journal.note(seen(user))
  await waitFor(() => saved.length > 0, { what: 'the first report' })
  mode = 'answers'
  await waitFor(() => journal.backlog.waiting === 0, { what: 'an answer' })
  expect(saved).toEqual(['u.1', 'u.2', 'u.3'])
})

test('what waits survives the end of the gateway, and the next one sends it first', async () => {
  const journal = new Journal()
  mode = 'away'
  const first = started(journal, 'a')
  for (const user of ['u.1', 'u.2']) journal.note(seen(user))
  await waitFor(() => readdirSync(folder).length > 0, { what: 'the file' })
  await first.stop()
  senders.splice(0)
  expect(readdirSync(folder)).toEqual(['a.json'])
  mode = 'answers'
  const next = new Journal()
  next.note(seen('u.3'))
  started(next, 'b')
  await waitFor(() => saved.length === 3, { what: 'all events' })
  expect(saved).toEqual(['u.1', 'u.2', 'u.3'])
  await waitFor(() => readdirSync(folder).length === 0, { what: 'the end of the file' })
})

test('a file that cannot be read stops nobody', async () => {
  const journal = new Journal()
  mode = 'away'
  const first = started(journal, 'a')
  journal.note(seen('u.1'))
  await first.stop()
  senders.splice(0)
  writeFileSync(join(folder, 'broken.json'), '{"node":')
  mode = 'answers'
  started(new Journal(), 'b')
  await waitFor(() => saved.length === 1, { what: 'the event' })
})

test('what a control plane refuses as wrong is given up, and that is told when it understands again', async () => {
  const journal = new Journal()
  mode = 'refuses'
  started(journal, 'a')
  journal.note(seen('u.1'))
  await waitFor(() => journal.next(9, Date.now()).every(({ action }) => action === 'lose'), { what: 'the refusal' })
  mode = 'answers'
  journal.note(seen('u.2'))
  await waitFor(() => saved.includes('u.2'), { what: 'the next event' })
  expect(saved).not.toContain('u.1')
})

test('a gateway that stops sends what it was still counting', async () => {
  const journal = new Journal()
  const sender = started(journal, 'a')
  journal.note(seen('u.1'))
  await waitFor(() => saved.length === 1, { what: 'the first' })
  journal.note(seen('u.1'))
  await sender.stop()
  expect(saved).toEqual(['u.1', 'u.1'])
})
