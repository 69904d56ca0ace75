// SPDX-License-Identifier: Apache-2.0
/**
 * Metrics that clients of one tenant push (KIP-714), as far as the gateway goes: who pushes, how often, how much. What is pushed is
 * not read and not kept (decision 0035). Pure but for its own counts, which are bounded whatever clients do.
 */
import { crc32 } from 'node:zlib'
import { ERROR_CODES } from '@kaas/kafka-protocol'

/** What every client is told to push, and how. */
export interface Subscription {
  /** Prefixes of metric names, as KIP-714 has them. */
  readonly metrics: readonly string[]
  readonly pushIntervalMs: number
  /** Numbers of compression types, the best first; uncompressed is always taken. */
  readonly compressionTypes: readonly number[]
  /** The longest metrics of one push, in bytes, as they come. */
  readonly maxBytes: number
}

/** A push as the request says it. */
export interface Push {
  readonly clientInstanceId: string
  readonly subscriptionId: number
  readonly terminating: boolean
  readonly compressionType: number
  /** Of the metrics, in bytes. */
  readonly length: number
}

/** Little: how often connections are made. It shows that pushes come, and costs a client a few hundred bytes each time. */
export const SUBSCRIPTION: Subscription = {
  metrics: ['producer', 'consumer', 'admin.client', 'share.consumer'].map(
    (client) => `org.apache.kafka.${client}.connection.creation.`,
  ),
  pushIntervalMs: 300_000,
  compressionTypes: [4, 3, 1, 2],
  maxBytes: 64 * 1024,
}

/** Clients of one tenant that are remembered; above, the one that was heard longest ago is forgotten, and so is when it pushed. */
const MOST_CLIENTS = 2000
/** After so many push intervals of silence a client is gone: it may be late by half of one. */
const SILENT_INTERVALS = 3
const UNCOMPRESSED = 0
const EARLY = ERROR_CODES.THROTTLING_QUOTA_EXCEEDED
const NO_ID = '0'.repeat(32)

/** What is remembered of a client. */
interface Client {
  heardAtMs: number
  askedAtMs: number
  pushedAtMs: number
  hasEnded: boolean
  /** Of the last push: after these a client may ask again at once. */
  lastError: number
}

/** Counts of one tenant, and what it takes to say "too early". */
export class TenantTelemetry {
  /** Pushes that were taken, since the start. */
  pushes = 0
  /** Bytes of their metrics, as they came. */
  bytes = 0
  /** Pushes and questions that were refused, since the start. */
  refused = 0
  readonly #subscription: Subscription
  readonly #mostClients: number
  /** By instance id, the one that was heard longest ago first. */
  readonly #clients = new Map<string, Client>()

  constructor(subscription: Subscription = SUBSCRIPTION, mostClients = MOST_CLIENTS) {
    this.#subscription = subscription
    this.#mostClients = mostClients
  }

  /** Clients that were heard within the last push intervals and have not said that they end. */
  clientsAt(nowMs: number): number {
    this.#forgetSilent(nowMs)
    return [...this.#clients.values()].filter(({ hasEnded }) => !hasEnded).length
  }

  /** A client asks what to push. Answers with Kafka's error code. */
  asked(clientInstanceId: string, nowMs: number): number {
    const client = this.#heard(clientInstanceId, nowMs)
    const elapsedMs = nowMs - Math.max(client.askedAtMs, client.pushedAtMs)
    if (elapsedMs < this.#subscription.pushIntervalMs && !MAY_ASK_AGAIN.has(client.lastError)) {
      this.refused += 1
      return EARLY
    }
    client.askedAtMs = nowMs
    client.lastError = 0
    return 0
  }

  /** A client pushes. Answers with Kafka's error code, in the order in which brokers look. */
  pushed(push: Push, nowMs: number): number {
    const errorCode = push.clientInstanceId === NO_ID ? ERROR_CODES.INVALID_REQUEST : this.#judge(push, nowMs)
    if (errorCode !== 0) {
      this.refused += 1
      return errorCode
    }
    this.pushes += 1
    this.bytes += push.length
    return 0
  }

  #judge(push: Push, nowMs: number): number {
    const client = this.#heard(push.clientInstanceId, nowMs)
    if (client.hasEnded) return ERROR_CODES.INVALID_REQUEST
    client.lastError = this.#isEarly(client, nowMs) && !push.terminating ? EARLY : errorOf(push, this.#subscription)
    client.hasEnded = push.terminating
    if (client.lastError !== EARLY) client.pushedAtMs = nowMs
    return client.lastError
  }

  /** The first push after a question may come at any time: clients spread theirs around the interval. */
  #isEarly({ askedAtMs, pushedAtMs }: Client, nowMs: number): boolean {
    return askedAtMs <= pushedAtMs && nowMs - pushedAtMs < this.#subscription.pushIntervalMs
  }

  #heard(clientInstanceId: string, nowMs: number): Client {
    this.#forgetSilent(nowMs)
    const never = Number.NEGATIVE_INFINITY
    const known = this.#clients.get(clientInstanceId)
    const client = known ?? { heardAtMs: 0, askedAtMs: never, pushedAtMs: never, hasEnded: false, lastError: 0 }
    client.heardAtMs = nowMs
    this.#clients.delete(clientInstanceId)
    this.#clients.set(clientInstanceId, client)
    if (this.#clients.size > this.#mostClients) this.#forgetFirst()
    return client
  }

  #forgetSilent(nowMs: number): void {
    const oldestMs = nowMs - this.#subscription.pushIntervalMs * SILENT_INTERVALS
    for (const { heardAtMs } of this.#clients.values()) {
      if (heardAtMs >= oldestMs) return
      this.#forgetFirst()
    }
  }

  #forgetFirst(): void {
    const [first] = this.#clients.keys()
    if (first !== undefined) this.#clients.delete(first)
  }
}

const MAY_ASK_AGAIN: ReadonlySet<number> = new Set([
  ERROR_CODES.UNKNOWN_SUBSCRIPTION_ID,
  ERROR_CODES.UNSUPPORTED_COMPRESSION_TYPE,
])

function errorOf(push: Push, subscription: Subscription): number {
  const { clientInstanceId, subscriptionId, compressionType, length } = push
  if (subscriptionId !== subscriptionIdFor(clientInstanceId, subscription)) return ERROR_CODES.UNKNOWN_SUBSCRIPTION_ID
  if (compressionType !== UNCOMPRESSED && !subscription.compressionTypes.includes(compressionType)) {
    return ERROR_CODES.UNSUPPORTED_COMPRESSION_TYPE
  }
  return length > subscription.maxBytes ? ERROR_CODES.TELEMETRY_TOO_LARGE : 0
}

/** The same at every gateway, so that a client may push to one what another one asked for. */
export function subscriptionIdFor(clientInstanceId: string, subscription: Subscription = SUBSCRIPTION): number {
  return crc32(JSON.stringify([clientInstanceId, subscription])) | 0
}
