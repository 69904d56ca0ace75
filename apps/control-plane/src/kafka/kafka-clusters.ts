// SPDX-License-Identifier: Apache-2.0
/**
 * Ways into Kafka: one administrator per physical cluster, shared or a tenant's own, a bound on how much of one cluster is worked on at once, and a rest
 * after failures, so that one slow or dead cluster delays only its own objects. The reconciler has one, and each kind of view.
 */
import type { KafkaClusterSpec } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { KafkaAdmin } from '@kaas/kafka-admin'
import { ClusterSurvey } from './cluster-survey.ts'
import { clusterPlace, type KafkaPlace } from './kafka-place.ts'

/** Control word, not a failure: all places of this cluster are taken, so give the object back and take another. */
export class ClusterBusy extends Error {}

/** One entry into a cluster; `leave` must be called once, with the error that ended the work if there was one. */
export interface ClusterAccess {
  readonly admin: KafkaAdmin
  readonly survey: ClusterSurvey
  leave(error?: unknown): void
}

/** Bounds per cluster. */
export interface KafkaClustersOptions {
  /** Objects of one cluster worked on at once. */
  readonly placesPerCluster: number
  /** For one call to Kafka. */
  readonly callTimeoutMs: number
  /** Shown in the brokers' logs and quotas. `kaas-reconciler` when absent. */
  readonly clientId?: string
}

interface Entry {
  readonly fingerprint: string
  readonly admin: KafkaAdmin
  readonly survey: ClusterSurvey
  inUse: number
  waiting: (() => void)[]
  failures: number
  restUntilMs: number
  lastError: KaasError | undefined
}

/** How long an object waits for a place before it is given back. */
const WAIT_FOR_PLACE_MS = 150
const FIRST_REST_MS = 500
const LONGEST_REST_MS = 5_000
/** A try after a rest may take this long before others try as well. */
const TRIAL_MS = 6_000

/** Owns the administrators; `close` ends them. */
export class KafkaClusters {
  readonly #options: KafkaClustersOptions
  readonly #entries = new Map<string, Entry>()

  constructor(options: KafkaClustersOptions) {
    this.#options = options
  }

  /**
   * Enters the cluster `name` as its spec says; a changed spec or password file opens a new administrator. Throws the last
   * failure at once while the cluster rests after it (unless `probing`), `ClusterBusy` when no place becomes free, and
   * `config-invalid` when a secret cannot be read.
   */
  enter(name: string, spec: KafkaClusterSpec, probing = false): Promise<ClusterAccess> {
    return this.enterPlace(clusterPlace({ name, spec }), probing)
  }

  /** As enter, for any Kafka. Throws what preparing throws, too. */
  async enterPlace(place: KafkaPlace, probing = false): Promise<ClusterAccess> {
    const entry = await this.#entryFor(place)
    if (!probing) {
      restOrThrow(entry)
      await this.#takePlace(entry)
    }
    let left = false
    return {
      admin: entry.admin,
      survey: entry.survey,
      leave: (error) => {
        if (left) return
        left = true
        if (recordOutcome(entry, error)) place.renew()
        if (probing) return
        entry.inUse -= 1
        entry.waiting.shift()?.()
      },
    }
  }

  /** The keys of all places that were entered and not forgotten. */
  get known(): readonly string[] {
    return [...this.#entries.keys()]
  }

  /** Ends the administrator of a cluster that is no longer known. */
  async forget(name: string): Promise<void> {
    const entry = this.#entries.get(name)
    this.#entries.delete(name)
    await entry?.admin.close()
  }

  /** Ends all administrators. */
  async close(): Promise<void> {
    await Promise.all([...this.#entries.keys()].map((name) => this.forget(name)))
  }

  async #entryFor(place: KafkaPlace): Promise<Entry> {
    const { clientId = 'kaas-reconciler', callTimeoutMs } = this.#options
    const { fingerprint, open } = await place.prepare({ clientId, callTimeoutMs })
    const known = this.#entries.get(place.key)
    if (known?.fingerprint === fingerprint) return known
    const admin = open()
    const survey = new ClusterSurvey(admin)
    const rest = { inUse: 0, waiting: [], failures: 0, restUntilMs: 0, lastError: undefined }
    const entry: Entry = { fingerprint, admin, survey, ...rest }
    this.#entries.set(place.key, entry)
    void known?.admin.close()
    return entry
  }

  async #takePlace(entry: Entry): Promise<void> {
    const deadlineMs = Date.now() + WAIT_FOR_PLACE_MS
    while (entry.inUse >= this.#options.placesPerCluster) {
      if (Date.now() >= deadlineMs) throw new ClusterBusy()
      await waitForPlace(entry, deadlineMs - Date.now())
    }
    entry.inUse += 1
  }
}

function restOrThrow(entry: Entry): void {
  if (entry.lastError === undefined) return
  if (Date.now() < entry.restUntilMs) throw entry.lastError
  // This one tries; the others go on resting until it knows.
  entry.restUntilMs = Date.now() + TRIAL_MS
}

/** What says that the cluster cannot be worked with now; `credentials-wrong` is about the administrator's own login. */
const REST_AFTER: ReadonlySet<string> = new Set(['kafka-unavailable', 'kafka-timeout', 'credentials-wrong'])

/** True when the cluster rests now. */
function recordOutcome(entry: Entry, error: unknown): boolean {
  if (error instanceof KaasError && REST_AFTER.has(error.code)) {
    entry.failures += 1
    entry.lastError = error
    entry.restUntilMs = Date.now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (entry.failures - 1))
    return true
  }
  if (error === undefined) {
    entry.failures = 0
    entry.lastError = undefined
  }
  return false
}

function waitForPlace(entry: Entry, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const proceed = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(() => {
      entry.waiting = entry.waiting.filter((each) => each !== proceed)
      resolve()
    }, timeoutMs)
    entry.waiting.push(proceed)
  })
}
