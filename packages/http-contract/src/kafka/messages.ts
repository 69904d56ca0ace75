// SPDX-License-Identifier: Apache-2.0
/** The records of a topic: routes and calls. Their shapes are `message-shapes.ts`. */
import { z } from 'zod'
import type { Call, CheckedCall } from '../call-api.ts'
import type { ServerSentEvent } from '../read-event-stream.ts'
import type { Route } from '../route.ts'
import {
  type BrowseEvent,
  type BrowseRequest,
  browseEventSchema,
  browseQuerySchema,
  type ExportRequest,
  exportQuerySchema,
  type MessageQuery,
  messageQuerySchema,
  type ProduceAnswer,
  type ProduceRequest,
  produceAnswerSchema,
  produceRequestSchema,
  type WholeMessage,
  wholeMessageSchema,
} from './message-shapes.ts'

const name = z.string().min(1)
const topicParams = z.object({ tenant: name, name })
const offsetParam = z.string().regex(/^\d{1,16}$/, 'Write a number.')
const messages = '/v1/tenants/{tenant}/topics/{name}/messages'
const read = { access: 'granted', right: { verb: 'read', kind: 'Message' } } as const
const write = { access: 'granted', right: { verb: 'write', kind: 'Message' } } as const

/** The routes of messages. Each `POST` beside a `GET` takes the same names in its body, for schemas that do not fit an address. */
export const MESSAGE_ROUTES = {
  browseMessages: {
    id: 'browseMessages',
    method: 'GET',
    path: messages,
    summary: 'Records of a topic as they are found. Audited. Ends with done or problem, or when the client goes.',
    ...read,
    params: topicParams,
    query: browseQuerySchema,
    answers: { 200: browseEventSchema },
    stream: true,
  },
  searchMessages: {
    id: 'searchMessages',
    method: 'POST',
    path: `${messages}/search`,
    summary: 'The same, asked with a body.',
    ...read,
    params: topicParams,
    body: browseQuerySchema,
    answers: { 200: browseEventSchema },
    stream: true,
  },
  exportMessages: {
    id: 'exportMessages',
    method: 'GET',
    path: `${messages}/export`,
    summary: 'Records as a file: JSON lines, a JSON array, or CSV for spreadsheets. Audited.',
    ...read,
    params: topicParams,
    query: exportQuerySchema,
    answers: { 200: z.string() },
  },
  exportSearch: {
    id: 'exportSearch',
    method: 'POST',
    path: `${messages}/export`,
    summary: 'The same, asked with a body.',
    ...read,
    params: topicParams,
    body: exportQuerySchema,
    answers: { 200: z.string() },
  },
  readMessage: {
    id: 'readMessage',
    method: 'GET',
    path: `${messages}/{partition}/{offset}`,
    summary: 'One whole record, or the bytes of its key or value. Audited.',
    ...read,
    params: topicParams.extend({ partition: offsetParam, offset: offsetParam }),
    query: messageQuerySchema,
    answers: { 200: wholeMessageSchema },
  },
  produceMessages: {
    id: 'produceMessages',
    method: 'POST',
    path: messages,
    summary: 'Produces records, with acknowledgement of all replicas. Audited.',
    ...write,
    params: topicParams,
    body: produceRequestSchema,
    answers: { 200: produceAnswerSchema },
  },
} as const satisfies Record<string, Route>

/** A topic to the calls below. */
export interface TopicPath {
  readonly tenant: string
  readonly topic: string
}

/** Which browse, and how to end it. */
export interface BrowseOptions {
  readonly signal?: AbortSignal
  /** Called once the server has accepted it. */
  readonly onOpen?: () => void
}

/** Calls of messages. An export is a link of the browser: `exportPath`. */
export interface MessageCalls {
  /** What the browse says, as it says it. A `problem` is thrown by nobody: it is the last event. */
  browseMessages(topic: TopicPath, request: BrowseRequest, options?: BrowseOptions): AsyncGenerator<BrowseEvent>
  readMessage(topic: TopicPath, partition: number, offset: number, query?: MessageQuery): Promise<WholeMessage>
  produceMessages(topic: TopicPath, request: ProduceRequest): Promise<ProduceAnswer>
}

/** A call that answers server-sent events. */
export type StreamCall = (request: Call, onOpen?: () => void) => AsyncGenerator<ServerSentEvent>

/** Binds the calls of messages. */
export function messageCalls(call: CheckedCall, stream: StreamCall): MessageCalls {
  return {
    browseMessages: (topic, request, options) => browse(stream, topic, request, options),
    readMessage: (topic, partition, offset, query = {}) =>
      call(wholeMessageSchema, { path: `${messagesPath(topic)}/${partition}/${offset}`, query }),
    produceMessages: (topic, body) => call(produceAnswerSchema, { method: 'POST', path: messagesPath(topic), body }),
  }
}

/** Where a browser downloads an export. */
export function exportPath(topic: TopicPath, request: ExportRequest): string {
  const given = Object.entries(request).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))
  return `${messagesPath(topic)}/export?${new URLSearchParams(Object.fromEntries(given))}`
}

/** Where a browser downloads the bytes of one key or value. */
export function messagePartPath(topic: TopicPath, partition: number, offset: number, part: 'key' | 'value'): string {
  return `${messagesPath(topic)}/${partition}/${offset}?part=${part}`
}

async function* browse(
  stream: StreamCall,
  topic: TopicPath,
  request: BrowseRequest,
  { signal, onOpen }: BrowseOptions = {},
): AsyncGenerator<BrowseEvent> {
  const path = messagesPath(topic)
  const withSchema = request.keySchema !== undefined || request.valueSchema !== undefined
  const asked: Call = withSchema
    ? { method: 'POST', path: `${path}/search`, body: request, signal }
    : { path, query: request as Call['query'] & object, signal }
  for await (const { data } of stream(asked, onOpen)) yield browseEventSchema.parse(JSON.parse(data))
}

function messagesPath({ tenant, topic }: TopicPath): string {
  return `/v1/tenants/${encodeURIComponent(tenant)}/topics/${encodeURIComponent(topic)}/messages`
}
