// SPDX-License-Identifier: Apache-2.0
/** What is known of a user: her tenant's home, the credentials kept for her, and what Kafka has under her name. */
import { physicalName, proofOf, type SharedTopic } from '@kaas/domain'
import type { Acl, CredentialTrial, KafkaAdmin, ScramMechanism } from '@kaas/kafka-admin'
import type { ScramEntry, StoredResource } from '@kaas/store'
import { sharedTopicsOf, sharesWith } from '../../tenants/shared-topics.ts'
import { type Home, homeOfTenant } from '../home-of-tenant.ts'
import type { RunContext } from '../run-context.ts'
import { keyOf } from '../save-report.ts'

/** A user as one run sees her. */
export type UserObservation =
  | { readonly kind: 'homeless'; readonly user: StoredResource<'User'>; readonly reason: string }
  | {
      readonly kind: 'housed'
      readonly user: StoredResource<'User'>
      readonly home: Extract<Home, { kind: 'found' }>
      readonly brokers: number
      /** The full name `<tenant>.<name>`. */
      readonly username: string
      /** The credentials that Kafka must hold, at most one per mechanism. Empty for who is being deleted or has no password. */
      readonly entries: readonly ScramEntry[]
      /** Topics that other tenants share with hers. */
      readonly shares: readonly SharedTopic[]
      readonly found: FoundUser
    }

/** A user as Kafka has her. */
export interface FoundUser {
  readonly credentials: readonly FoundCredential[]
  readonly acls: readonly Acl[]
  readonly quotas: Readonly<Record<string, number>>
}

/** One credential in Kafka, and whether a login with the kept value works; `unknown` when none is kept for the mechanism. */
export interface FoundCredential {
  readonly mechanism: ScramMechanism
  readonly trial: CredentialTrial | 'unknown'
}

/** Looks at store and Kafka. Throws `kafka-unavailable` and the like when the cluster is away. */
export async function observeUser(context: RunContext, user: StoredResource<'User'>): Promise<UserObservation> {
  const tenant = user.tenant ?? ''
  const home = await homeOfTenant(context.store, tenant)
  if (home.kind === 'none') return { kind: 'homeless', user, reason: home.reason }
  const username = physicalName(tenant, user.name)
  const { admin, brokers } = await context.cluster(home.cluster)
  const deleting = user.deletionRequestedAt !== undefined
  const hasPassword = proofOf(user.spec.authentication) === undefined
  const entries = deleting || !hasPassword ? [] : await context.store.loadScramEntries({ ...keyOf(user), kind: 'User' })
  const found = await lookUp(admin, username, entries)
  // After the look at Kafka: a right that was found there belongs to a share that is in force by now.
  const shares = deleting ? [] : await sharesFor(context, tenant, home.cluster)
  return { kind: 'housed', user, home, brokers, username, entries, shares, found }
}

async function sharesFor({ store }: RunContext, tenant: string, cluster: string): Promise<readonly SharedTopic[]> {
  const shares = await sharesWith(store, tenant)
  return sharedTopicsOf(
    shares.filter(({ deletionRequestedAt }) => deletionRequestedAt === undefined),
    cluster,
  )
}

async function lookUp(admin: KafkaAdmin, username: string, entries: readonly ScramEntry[]): Promise<FoundUser> {
  const [scram, acls, quotas] = await Promise.all([
    admin.describeScramCredentials([username]),
    admin.describeAcls({ principal: `User:${username}` }),
    admin.describeQuotas(username),
  ])
  const credentials: FoundCredential[] = []
  for (const { mechanism, iterations } of scram[0]?.credentials ?? []) {
    const entry = entries.find((each) => each.mechanism === mechanism)
    credentials.push({ mechanism, trial: await trialOf(admin, username, entry, iterations) })
  }
  return { credentials, acls, quotas: quotas[0]?.values ?? {} }
}

/** Other iterations show another credential without a login. */
async function trialOf(
  admin: KafkaAdmin,
  username: string,
  entry: ScramEntry | undefined,
  iterations: number,
): Promise<FoundCredential['trial']> {
  if (entry === undefined) return 'unknown'
  if (entry.iterations !== iterations) return 'refused'
  return admin.tryCredential({ username, mechanism: entry.mechanism, salted: entry })
}
