// SPDX-License-Identifier: Apache-2.0
/**
 * The way into Kafka of tenants' own, as the user that is rendered for the control plane. What is read from Kubernetes to log in is kept
 * for a moment, so that looks do not ask the API server each time, and goes on while that is away. Nothing of it is stored.
 */
import { asKaasError, type KaasError } from '@kaas/errors'
import { openKafkaAdmin } from '@kaas/kafka-admin'
import type { StoredResource } from '@kaas/store'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import type { ClusterAdminOptions, PreparedAdmin } from './cluster-admin.ts'
import type { KafkaPlace } from './kafka-place.ts'
import { findOwnLogIn, type OwnLogIn } from './own-log-in.ts'

interface Kept {
  readonly atMs: number
  readonly found: Promise<OwnLogIn>
  readonly failed: boolean
}

/** A renewed certificate or password is found after so long at the latest. */
const KEPT_MS = 300_000
/** Whoever comes within this after a failure is told the same. */
const FAILURE_KEPT_MS = 3_000

/** One per process. Holds log-ins in memory; owns no connection. */
export class OwnKafka {
  readonly #code: TenantsAsCode | undefined
  readonly #now: () => number
  readonly #kept = new Map<string, Kept>()

  constructor(code: TenantsAsCode | undefined, now: () => number = Date.now) {
    this.#code = code
    this.#now = now
  }

  /** The Kafka of a tenant with isolation `namespace` or `cluster`. Whether it can be reached shows when it is prepared. */
  placeOf(tenant: StoredResource<'Tenant'>): KafkaPlace {
    return {
      key: ownKey(tenant.name),
      title: `Kafka of tenant "${tenant.name}"`,
      prepare: async (options) => preparedAdmin(await this.#logInOf(tenant), options),
      renew: () => void this.#kept.delete(tenant.name),
    }
  }

  /** Forgets what was read for a tenant that is gone. */
  forget(tenant: string): void {
    this.#kept.delete(tenant)
  }

  async #logInOf(tenant: StoredResource<'Tenant'>): Promise<OwnLogIn> {
    const known = this.#kept.get(tenant.name)
    const now = this.#now()
    if (known !== undefined && now - known.atMs < (known.failed ? FAILURE_KEPT_MS : KEPT_MS)) return await known.found
    const before = known?.failed === false ? known.found : undefined
    const found = findOwnLogIn(this.#code, tenant).catch((thrown: unknown) => keepGoing(asKaasError(thrown), before))
    this.#keep(tenant.name, { atMs: now, found, failed: false })
    found.catch(() => {
      if (this.#kept.get(tenant.name)?.found === found) this.#keep(tenant.name, { atMs: this.#now(), found, failed: true })
    })
    return await found
  }

  #keep(tenant: string, kept: Kept): void {
    this.#kept.set(tenant, kept)
  }
}

/** What places of tenants' own Kafka are told apart by; no cluster has a slash in its name. */
export function ownKey(tenant: string): string {
  return `tenant/${tenant}`
}

/** While the API server is away, what it said before is the best that is known. */
function keepGoing(error: KaasError, before: Promise<OwnLogIn> | undefined): Promise<OwnLogIn> {
  if (before === undefined || error.code !== 'kafka-unavailable') return Promise.reject(error)
  return before
}

function preparedAdmin({ bootstrap, caPem, credentials }: OwnLogIn, options: ClusterAdminOptions): PreparedAdmin {
  const identity = credentials.kind === 'tls' ? credentials : undefined
  const tls = { ...(caPem === undefined ? {} : { caPem }), ...(identity === undefined ? {} : { identity }) }
  return {
    fingerprint: JSON.stringify([bootstrap, caPem, credentials]),
    open: () =>
      openKafkaAdmin({
        bootstrapServers: bootstrap.split(','),
        tls,
        ...(credentials.kind === 'scram' ? { credentials } : {}),
        ...options,
        connectTimeoutMs: Math.min(5_000, options.callTimeoutMs),
      }),
  }
}
