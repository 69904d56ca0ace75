// SPDX-License-Identifier: Apache-2.0
/** A running control plane over real Kafka with a tenant `shop`, for tests of records: short ways to write, browse and fetch. */
import { type ApiClient, type BrowseEvent, type BrowseRequest, createClient, type Message } from '@kaas/http-contract'
import { type NewRecord, writeBatch } from '@kaas/kafka-records'
import { startViewPlatform, type ViewPlatform } from '../views/view-platform.ts'

/** What a test has at hand. */
export interface MessagePlatform extends ViewPlatform {
  readonly api: ApiClient
  /** Calls a path with the administrator's token. */
  fetch(path: string, options?: RequestInit): Promise<Response>
  /** A topic of `shop` with these records in each partition. */
  fill(topic: string, partitions: readonly (readonly Partial<NewRecord>[])[], config?: Record<string, string>): Promise<void>
  /** One more batch for a partition of a topic of `shop`. */
  add(topic: string, partition: number, records: readonly Partial<NewRecord>[]): Promise<void>
  /** A browse to its end. */
  browse(topic: string, request: BrowseRequest, signal?: AbortSignal): Promise<Browsed>
}

/** What a browse said. */
export interface Browsed {
  readonly events: readonly BrowseEvent[]
  readonly messages: readonly Message[]
  /** Texts of the values. */
  readonly values: readonly (string | undefined)[]
  readonly done: Extract<BrowseEvent, { kind: 'done' }> | undefined
  readonly problem: Extract<BrowseEvent, { kind: 'problem' }>['problem'] | undefined
}

const TOKENS = { administrator: 'the-administrator-of-messages', gateway: 'the-gateway-of-messages' }

/** Kafka takes batches of 20 MB. */
export async function startMessagePlatform(): Promise<MessagePlatform> {
  const platform = await startViewPlatform({
    kafka: { properties: { 'message.max.bytes': '20000000' } },
    controlPlane: { tokens: TOKENS },
    token: TOKENS.administrator,
  })
  await platform.tenant('shop')
  const add: MessagePlatform['add'] = async (topic, partition, records) => {
    const batch = writeBatch(records.map((record) => ({ key: null, value: null, timestamp: Date.now(), ...record })))
    const [answer] = await platform.admin.produce([{ topic: `shop.${topic}`, partition, batch }])
    if (answer?.problem !== undefined) throw answer.problem
  }
  const api = createClient({ baseUrl: platform.controlPlane.url, token: TOKENS.administrator, fetch })
  return {
    ...platform,
    api,
    fetch: (path, options = {}) =>
      fetch(`${platform.controlPlane.url}${path}`, {
        ...options,
        headers: { authorization: `Bearer ${TOKENS.administrator}`, ...options.headers },
      }),
    fill: async (topic, partitions, configs = {}) => {
      // Records of tests are older than any retention.
      const keep = { 'retention.ms': '-1', ...configs }
      await platform.admin.createTopic({ name: `shop.${topic}`, partitions: partitions.length, configs: keep })
      for (const [partition, records] of partitions.entries()) {
        if (records.length > 0) await add(topic, partition, records)
      }
    },
    add,
    browse: (topic, request, signal) =>
      collect(api.browseMessages({ tenant: 'shop', topic }, request, signal && { signal })),
  }
}

async function collect(stream: AsyncIterable<BrowseEvent>): Promise<Browsed> {
  const events: BrowseEvent[] = []
  for await (const event of stream) events.push(event)
  const messages = events.flatMap((event) => (event.kind === 'message' ? [event.message] : []))
  return {
    events,
    messages,
    values: messages.map(({ value }) => value?.text),
    done: events.find((event) => event.kind === 'done'),
    problem: events.find((event) => event.kind === 'problem')?.problem,
  }
}
