// SPDX-License-Identifier: Apache-2.0
/**
 * Counts by tenant and API, and how long answers take by API: numbers in arrays that are there before the first request, so that
 * counting allocates nothing. Only so many tenants have counts of their own, the others share one: tenants × APIs would be too many series.
 */
import type { ErrorKind } from './error-kinds.ts'
import { CLAIMS } from './steps/api-claims.ts'

/** Kafka numbers its APIs from 0 on without gaps. */
const API_KEYS = Object.keys(CLAIMS).length

/** Upper ends of the buckets of times, in milliseconds. */
export const BUCKETS_MS = [5, 25, 100, 500, 2500, 10_000] as const

/** Counts of one tenant by place of the API (`placeOf`), since its first request. */
export interface ApiCounts {
  readonly requests: Float64Array
  readonly received: Float64Array
  readonly sent: Float64Array
  /** Answers of brokers with an error of the kind. */
  readonly errors: Readonly<Record<ErrorKind, Float64Array>>
}

/** Times of answers of one API. */
export interface ApiTimes {
  /** One for each bucket, and one for what took longer. Not added up. */
  readonly buckets: Float64Array
  sumMs: number
}

/** What the counts of all tenants without their own are under. No tenant can have this name. */
export const OTHER_TENANTS = '(others)'
/** What an API is counted as that Kafka does not have. */
export const UNKNOWN_PLACE = API_KEYS

/** Where an API is counted. */
export function placeOf(apiKey: number): number {
  return apiKey >= 0 && apiKey < API_KEYS ? apiKey : UNKNOWN_PLACE
}

/** The counts of a gateway. */
export class ApiTraffic {
  readonly tenants = new Map<string, ApiCounts>()
  readonly times: readonly ApiTimes[] = Array.from({ length: UNKNOWN_PLACE + 1 }, () => ({
    buckets: new Float64Array(BUCKETS_MS.length + 1),
    sumMs: 0,
  }))
  readonly #mostTenants: number

  constructor(mostTenants: number) {
    this.#mostTenants = mostTenants
  }

  /** Where to count a tenant's requests, as long as it has connections. */
  of(tenant: string): ApiCounts {
    const hasRoom = this.tenants.size < this.#mostTenants || this.tenants.has(tenant)
    const name = hasRoom ? tenant : OTHER_TENANTS
    const known = this.tenants.get(name)
    if (known !== undefined) return known
    const counts = (): Float64Array => new Float64Array(UNKNOWN_PLACE + 1)
    const errors = { 'not-authorized': counts(), retriable: counts(), server: counts(), other: counts() }
    const fresh = { requests: counts(), received: counts(), sent: counts(), errors }
    this.tenants.set(name, fresh)
    return fresh
  }

  /** The tenant is gone, and another one may have its place. */
  forget(tenant: string): void {
    this.tenants.delete(tenant)
  }

  /** An answer of the API began to leave after this time. */
  answered(place: number, tookMs: number): void {
    const times = this.times[place]
    if (times === undefined) return
    let bucket = 0
    while (bucket < BUCKETS_MS.length && tookMs > (BUCKETS_MS[bucket] ?? 0)) bucket += 1
    times.buckets[bucket] = (times.buckets[bucket] ?? 0) + 1
    times.sumMs += tookMs
  }
}

/** Adds to one count. */
export function add(counts: Float64Array, place: number, more: number): void {
  counts[place] = (counts[place] ?? 0) + more
}
