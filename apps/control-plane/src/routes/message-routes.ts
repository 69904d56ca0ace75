// SPDX-License-Identifier: Apache-2.0
/** The routes of records: browse and search as event streams, export as a file, one whole record, produce. */
import { asKaasError, toHttp } from '@kaas/errors'
import {
  type BrowseEvent,
  type BrowseQuery,
  type ExportQuery,
  MESSAGE_ROUTES,
  type ProduceRequest,
} from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import { openAnswerStream } from '../events/answer-stream.ts'
import { SSE_HEADERS } from '../events/sse-stream.ts'
import type { ReadingSpec } from '../messages/decoding/content-reader.ts'
import { EXPORT_TEXTS } from '../messages/export-text.ts'
import type { BrowseOrder, Messages } from '../messages/messages.ts'
import { produceMessages } from '../messages/produce-messages.ts'
import { readMessage } from '../messages/read-message.ts'
import type { TopicKey } from '../messages/topic-place.ts'
import { auditOf } from '../services/actor.ts'
import { addRoute, type Checked } from './add-route.ts'

/** A client that takes nothing for so long is cut off. */
const STALL_MS = 30_000
const BROWSE_SECONDS = 30
const TAIL_SECONDS = 1800
const EXPORT_SECONDS = 600
/** Contents of an export are whole up to this. */
const EXPORT_CONTENT_BYTES = 16 * 1024 * 1024

/** Adds all of them. What is shown was recorded before: without the audit record nothing leaves. `stallMs` is for tests. */
export function addMessageRoutes(server: FastifyInstance, messages: Messages, stallMs = STALL_MS): void {
  const browse = (checked: Checked, query: BrowseQuery) => answerEvents(messages, checked, query, stallMs)
  addRoute(server, MESSAGE_ROUTES.browseMessages, (checked) => browse(checked, checked.query as unknown as BrowseQuery))
  addRoute(server, MESSAGE_ROUTES.searchMessages, (checked) => browse(checked, checked.body as BrowseQuery))
  const file = (checked: Checked, query: ExportQuery) => answerFile(messages, checked, query, stallMs)
  addRoute(server, MESSAGE_ROUTES.exportMessages, (checked) => file(checked, checked.query as unknown as ExportQuery))
  addRoute(server, MESSAGE_ROUTES.exportSearch, (checked) => file(checked, checked.body as ExportQuery))
  addRoute(server, MESSAGE_ROUTES.readMessage, (checked) => answerMessage(messages, checked))
  addRoute(server, MESSAGE_ROUTES.produceMessages, async ({ params, body, actor }) => {
    const key = topicIn(params)
    const request = body as ProduceRequest
    const answer = await produceMessages(messages, key, request)
    const places = answer.items.map(({ partition, offset }) => (offset === undefined ? null : `${partition}/${offset}`))
    const after = { records: answer.items.length, places: places.slice(0, 100) }
    await messages.store.saveAudit({ ...auditOf(actor, 'produce-messages', subjectOf(key)), after })
    return answer
  })
}

async function answerEvents(messages: Messages, checked: Checked, query: BrowseQuery, stallMs: number): Promise<void> {
  const seconds = query.maxSeconds ?? (query.from === 'tail' ? TAIL_SECONDS : BROWSE_SECONDS)
  const run = await begin(messages, checked, { ...query, maxSeconds: seconds }, 'browse-messages')
  const stream = openAnswerStream(checked.reply, SSE_HEADERS, stallMs)
  stream.signal.addEventListener('abort', run.stop)
  try {
    for await (const event of run.events) await stream.write(sseOf(event))
  } catch (error) {
    await stream.write(sseOf(problemOf(checked, error)))
  } finally {
    stream.close()
    await run.ended()
  }
}

async function answerFile(messages: Messages, checked: Checked, query: ExportQuery, stallMs: number): Promise<void> {
  const order = { ...query, maxSeconds: query.maxSeconds ?? EXPORT_SECONDS, previewBytes: EXPORT_CONTENT_BYTES }
  const run = await begin(messages, checked, order, 'export-messages')
  const text = EXPORT_TEXTS[query.format]
  const disposition = `attachment; filename="${(checked.params.name ?? '').replaceAll(/[^\w.-]/g, '_')}.${text.extension}"`
  const headers = { 'content-type': text.contentType, 'content-disposition': disposition, connection: 'close' }
  const stream = openAnswerStream(checked.reply, headers, stallMs)
  stream.signal.addEventListener('abort', run.stop)
  let count = 0
  try {
    await stream.write(text.begin)
    for await (const event of run.events) {
      if (event.kind !== 'message') continue
      await stream.write(text.message(event.message, count))
      count += 1
    }
    await stream.write(text.end)
    stream.close()
  } catch (error) {
    problemOf(checked, error)
    // A file that ends early must not look whole.
    checked.reply.raw.destroy()
  } finally {
    await run.ended()
  }
}

async function answerMessage(messages: Messages, { params, query, actor, reply }: Checked): Promise<unknown> {
  const key = topicIn(params)
  const [partition, offset] = [Number(params.partition), Number(params.offset)]
  const question = { partition, offset, key: readingIn(query, 'key'), value: readingIn(query, 'value') }
  const { message, keyBytes, valueBytes } = await readMessage(messages, key, question, actor.name)
  await messages.store.saveAudit({ ...auditOf(actor, 'read-message', subjectOf(key)), after: { partition, offset } })
  if (query.part === 'json') return message
  const bytes = (query.part === 'key' ? keyBytes : valueBytes) ?? Buffer.alloc(0)
  const filename = `${(params.name ?? '').replaceAll(/[^\w.-]/g, '_')}-${partition}-${offset}.${query.part}.bin`
  return reply
    .header('content-type', 'application/octet-stream')
    .header('content-disposition', `attachment; filename="${filename}"`)
    .send(bytes)
}

interface Run {
  readonly events: AsyncGenerator<BrowseEvent>
  readonly stop: () => void
  /** Records how it ended. */
  readonly ended: () => Promise<void>
}

/** Two records: before anything is shown, and how much was shown in the end. */
async function begin(messages: Messages, { params, actor }: Checked, order: BrowseOrder, action: string): Promise<Run> {
  const key = topicIn(params)
  const entry = auditOf(actor, action, subjectOf(key))
  await messages.store.saveAudit({ ...entry, after: auditedQuery(order) })
  const stop = new AbortController()
  const { events } = await messages.browse(key, order, actor.name, stop.signal)
  const counted = { shown: 0, scanned: 0, reason: 'stopped' as string }
  return {
    events: counting(events, counted),
    stop: () => stop.abort(),
    ended: async () => {
      stop.abort()
      await messages.store.saveAudit({ ...entry, action: `${action}-ended`, after: { ...auditedQuery(order), ...counted } })
    },
  }
}

async function* counting(
  events: AsyncGenerator<BrowseEvent>,
  counted: { shown: number; scanned: number; reason: string },
): AsyncGenerator<BrowseEvent> {
  for await (const event of events) {
    if (event.kind === 'message') counted.shown += 1
    if (event.kind === 'progress' || event.kind === 'done') counted.scanned = event.scanned
    if (event.kind === 'done') counted.reason = event.reason
    yield event
  }
}

/** What was asked, without schemas and cursors: they are long and say nothing about whom it concerns. */
function auditedQuery({ keySchema: _k, valueSchema: _v, cursor: _c, ...query }: BrowseOrder): object {
  return query
}

function problemOf({ request }: Checked, thrown: unknown): BrowseEvent {
  const error = asKaasError(thrown)
  request.log.warn({ error: error.message, code: error.code }, 'a browse of messages failed')
  const { fields, ...problem } = toHttp(error)
  return { kind: 'problem', problem: { ...problem, ...(fields === undefined ? {} : { fields: [...fields] }) } }
}

/** The name of the event is its kind, for readers that sort by it. */
function sseOf(event: BrowseEvent): string {
  return `event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`
}

function readingIn(query: Checked['query'], part: 'key' | 'value'): ReadingSpec {
  return {
    format: query[`${part}Format`] as ReadingSpec['format'],
    schema: query[`${part}Schema`] as string | undefined,
    type: query[`${part}Type`] as string | undefined,
  }
}

function topicIn({ tenant = '', name = '' }: Checked['params']): TopicKey {
  return { tenant, name }
}

function subjectOf({ tenant, name }: TopicKey): string {
  return `/v1/tenants/${encodeURIComponent(tenant)}/topics/${encodeURIComponent(name)}`
}
