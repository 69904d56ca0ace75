// SPDX-License-Identifier: Apache-2.0
/**
 * What on a cluster carries a tenant's prefix. Topics and transactional ids are filtered by the brokers; for users, quotas,
 * ACLs and groups Kafka has no filter by prefix, so one reading of them is indexed and serves all tenants that ask meanwhile.
 */
import type { Acl, KafkaAdmin, ScramUser } from '@kaas/kafka-admin'

/** Everything with one prefix. */
export interface PrefixedNames {
  readonly topics: readonly string[]
  readonly groups: readonly string[]
  /** Transactional ids with a transaction that is not over. Ids at rest hold nothing, and Kafka has no way to delete them. */
  readonly openTransactions: readonly string[]
  readonly users: readonly ScramUser[]
  readonly quotaUsers: readonly string[]
  readonly acls: readonly Acl[]
}

/** What is kept of one reading, by prefix with its dot. */
interface Reading {
  readonly startedAtMs: number
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly users: ReadonlyMap<string, readonly ScramUser[]>
  readonly quotaUsers: ReadonlyMap<string, readonly string[]>
  readonly acls: ReadonlyMap<string, readonly Acl[]>
}

/** Surveys one cluster. Holds at most one reading. */
export class ClusterSurvey {
  readonly #admin: KafkaAdmin
  #reading: Promise<Reading> | undefined
  #startedAtMs = Number.NEGATIVE_INFINITY

  constructor(admin: KafkaAdmin) {
    this.#admin = admin
  }

  /**
   * What carries `prefix`. The shared reading may be up to `maxAgeMs` old; 0 asks for one that starts now. Throws what the
   * admin's verbs throw.
   */
  async namesWith(prefix: string, maxAgeMs: number): Promise<PrefixedNames> {
    const [reading, topics, transactionalIds] = await Promise.all([
      this.#read(maxAgeMs),
      this.#admin.listTopicNames(prefix),
      this.#admin.listTransactionalIds(prefix),
    ])
    return {
      topics,
      openTransactions: transactionalIds.filter(({ state }) => isOpen(state)).map((each) => each.transactionalId),
      groups: reading.groups.get(prefix) ?? [],
      users: reading.users.get(prefix) ?? [],
      quotaUsers: reading.quotaUsers.get(prefix) ?? [],
      acls: reading.acls.get(prefix) ?? [],
    }
  }

  #read(maxAgeMs: number): Promise<Reading> {
    const now = Date.now()
    if (this.#reading !== undefined && now - this.#startedAtMs < maxAgeMs) return this.#reading
    this.#startedAtMs = now
    const reading = readAll(this.#admin, now)
    this.#reading = reading
    reading.catch(() => {
      if (this.#reading === reading) this.#reading = undefined
    })
    return reading
  }
}

/** `Ongoing`, `PrepareCommit`, `PrepareAbort`, `PrepareEpochFence`. */
function isOpen(state: string): boolean {
  return state === 'Ongoing' || state.startsWith('Prepare')
}

async function readAll(admin: KafkaAdmin, startedAtMs: number): Promise<Reading> {
  const [groups, users, quotas, acls] = await Promise.all([
    admin.listGroups(),
    admin.describeScramCredentials(),
    admin.describeQuotas(),
    admin.describeAcls({}),
  ])
  return {
    startedAtMs,
    groups: byPrefix(
      groups.map((group) => group.groupId),
      (groupId) => [groupId],
    ),
    users: byPrefix(users, ({ user }) => [user]),
    quotaUsers: byPrefix(
      quotas.map((quota) => quota.user),
      (user) => [user],
    ),
    acls: byPrefix(acls, ({ name, principal }) => [name, principal.replace(/^User:/, '')]),
  }
}

/** Index by all before and including the first dot. A name without a dot belongs to no tenant. */
function byPrefix<T>(items: readonly T[], namesOf: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const index = new Map<string, T[]>()
  for (const item of items) {
    const prefixes = new Set(namesOf(item).map((name) => name.slice(0, name.indexOf('.') + 1)))
    for (const prefix of prefixes) {
      if (prefix === '') continue
      const known = index.get(prefix)
      if (known === undefined) index.set(prefix, [item])
      else known.push(item)
    }
  }
  return index
}

/** How many names there are, and the first few in words: for the message of a condition. */
export function describeNames(names: PrefixedNames): { readonly count: number; readonly examples: string } {
  const all = [
    ...names.topics.map((name) => `topic ${name}`),
    ...names.groups.map((name) => `group ${name}`),
    ...names.users.map(({ user }) => `user ${user}`),
    ...names.acls.map(({ resource, name, principal }) => `ACL of ${principal} on ${resource} ${name}`),
    ...names.quotaUsers.map((name) => `quota of user ${name}`),
    ...names.openTransactions.map((name) => `open transaction of ${name}`),
  ]
  return { count: all.length, examples: all.slice(0, 3).join(', ') }
}
