// SPDX-License-Identifier: Apache-2.0
/**
 * The names of all topics of one physical cluster, by tenant, read now and then (decision 0031). Tells for each question whether it can be
 * answered by names, or Kafka must be asked for all. Knows no message and no connection.
 */

/** Up to so many topics Kafka lists as fast as it tells of some by name. */
const SMALL_CLUSTER = 2000
/** After so long a small cluster is looked at again: it may have grown. */
const SMALL_FOR_MS = 60_000
/** Names may be this many times as old as what reading them takes, so that reading keeps a broker busy for a few percent of the time at most. */
const AGE_PER_READING = 50
const YOUNGEST_MS = 250
/** Kafka tells of a new topic after "several seconds" at the latest (`Admin.createTopics`): so do we. */
const OLDEST_MS = 5000
/** By then every broker knows a new topic, or it is gone. */
const RECENT_MS = 30_000
/** After a reading that failed, Kafka is asked for this long. */
const REST_MS = 10_000

/** Reads the physical names of all topics, and tells what the answer took; connecting is not part of that. */
export type ReadNames = () => Promise<{ readonly names: readonly string[]; readonly tookMs: number }>

/** One cluster. Owns nothing: readings begin with questions only. */
export class TopicIndex {
  readonly #smallCluster: number
  #byTenant = new Map<string, Set<string>>()
  #count = 0
  /** When the last reading that succeeded began: what was made later may be missing. */
  #readAtMs = Number.NEGATIVE_INFINITY
  #tookMs = 0
  #askedAtMs = Number.NEGATIVE_INFINITY
  #restUntilMs = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | undefined
  /** Topics that were made through this gateway, by the time at which Kafka said so. */
  readonly #recent = new Map<string, number>()

  constructor(smallCluster = SMALL_CLUSTER) {
    this.#smallCluster = smallCluster
  }

  /**
   * The tenant's names, at most as old as the reading allows and with all that were made through this gateway. Undefined when Kafka
   * should be asked for all: it costs little, or nobody has asked for a while, or the names cannot be read.
   */
  namesOf(
    tenant: string,
    nowMs: number,
    read: ReadNames,
  ): readonly string[] | undefined | Promise<readonly string[] | undefined> {
    const ageMs = nowMs - this.#readAtMs
    const oldestMs = Math.min(Math.max(this.#tookMs * AGE_PER_READING, YOUNGEST_MS), OLDEST_MS)
    const isBusy = nowMs - this.#askedAtMs < oldestMs
    this.#askedAtMs = nowMs
    if (nowMs < this.#restUntilMs) return undefined
    if (this.#count <= this.#smallCluster) {
      if (ageMs > SMALL_FOR_MS) void this.#read(nowMs, read)
      return undefined
    }
    if (ageMs <= oldestMs) {
      if (ageMs > oldestMs / 2) void this.#read(nowMs, read)
      return this.#known(tenant, nowMs)
    }
    if (!isBusy) return undefined
    return this.#read(nowMs, read).then(() => (this.#restUntilMs > nowMs ? undefined : this.#known(tenant, nowMs)))
  }

  /** Kafka has made a topic for a client of this gateway. */
  made(tenant: string, name: string, nowMs: number): void {
    this.#recent.set(name, nowMs)
    this.#byTenant.get(tenant)?.add(name)
  }

  #known(tenant: string, nowMs: number): readonly string[] | undefined {
    for (const [name, madeAtMs] of this.#recent) if (nowMs - madeAtMs > RECENT_MS) this.#recent.delete(name)
    const known = this.#byTenant.get(tenant) ?? new Set()
    const made = [...this.#recent.keys()].filter((name) => tenantOf(name) === tenant && !known.has(name))
    // Who has a good part of the cluster is told as fast by Kafka itself.
    return known.size * 4 > this.#count ? undefined : [...known, ...made]
  }

  /** One reading at a time, for all who ask meanwhile. Never rejects. */
  #read(nowMs: number, read: ReadNames): Promise<void> {
    this.#reading ??= read()
      .then(({ names, tookMs }) => {
        this.#byTenant = namesByTenant(names)
        this.#count = names.length
        this.#readAtMs = nowMs
        this.#tookMs = tookMs
      })
      .catch(() => {
        this.#restUntilMs = nowMs + REST_MS
      })
      .finally(() => {
        this.#reading = undefined
      })
    return this.#reading
  }
}

function namesByTenant(names: readonly string[]): Map<string, Set<string>> {
  const byTenant = new Map<string, Set<string>>()
  for (const name of names) {
    const tenant = tenantOf(name)
    const own = byTenant.get(tenant)
    if (own === undefined) byTenant.set(tenant, new Set([name]))
    else own.add(name)
  }
  return byTenant
}

/** What stands before the first dot; topics without one are nobody's. */
function tenantOf(name: string): string {
  const dot = name.indexOf('.')
  return dot < 0 ? '' : name.slice(0, dot)
}
