// SPDX-License-Identifier: Apache-2.0
/**
 * A new password for a user. Kafka holds one value per user and mechanism, so the new password takes the mechanism that the
 * newest one was not announced for, and the one before keeps its own: clients with the old configuration go on, clients with
 * the new one use the other mechanism. Ending the old password gives the new one both.
 */
import { type Condition, physicalName, type Status } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { IssuedCredentials } from '@kaas/http-contract'
import { type CredentialSummary, type ResourceKey, SCRAM_MECHANISMS, type ScramMechanism } from '@kaas/store'
import { isDedicated } from '../tenants/is-dedicated.ts'
import { type Actor, auditOf } from './actor.ts'
import { makePassword } from './make-password.ts'
import { absentError, subjectOf } from './resource-paths.ts'
import { rotationByStrimzi } from './rotation-by-strimzi.ts'
import { scramMechanismOf } from './rules/check-user.ts'
import type { ServiceParts } from './service-parts.ts'

/** Who asks, and whether all other passwords end at once. */
export interface RotateRequest {
  readonly actor: Actor
  readonly endOthers: boolean
}

/** The new password; this answer is the only place where it is. Throws `resource-absent`. */
export async function rotateCredentials(
  { store }: ServiceParts,
  key: ResourceKey<'User'>,
  { actor, endOthers }: RotateRequest,
): Promise<IssuedCredentials> {
  await refuseDedicated(store, key)
  const newest = (await store.listCredentials(key))[0]
  const { password, credential } = await makePassword(await mechanismFor(store, key, newest, endOthers))
  return await store.transaction(async (session) => {
    const user = await session.lockResource(key)
    if (user === undefined || user.deletionRequestedAt !== undefined) throw absentError(key)
    const { id, mechanism } = await session.saveCredential(key, credential)
    if (endOthers) await session.endCredentials(key, { allBut: id })
    if (user.status !== undefined) await session.saveStatus(key, user.uid, whileKafkaLearns(user.status))
    const action = endOthers ? 'replace-credentials' : 'rotate-credentials'
    await session.saveAudit({ ...auditOf(actor, action, subjectOf(key)), after: { credential: id, mechanism } })
    return { id, username: physicalName(key.tenant ?? '', key.name), password, mechanism }
  })
}

/** Until Kafka holds the new value she is not ready: who waits for `Ready` waits for just that. The reconciler writes what is true then. */
function whileKafkaLearns(status: Status): Status {
  const reason = 'CredentialsDiffer'
  const message = 'A new password was made.'
  const learning = {
    status: 'False',
    reason,
    message,
    step: 'Kafka takes the new password',
    since: new Date().toISOString(),
  } as const
  const open = ({ type }: Condition) => type === 'Provisioned' || type === 'Ready'
  return { ...status, conditions: status.conditions.map((each) => (open(each) ? { type: each.type, ...learning } : each)) }
}

/** Strimzi makes the passwords and certificates of tenants with Kafka of their own. */
async function refuseDedicated(store: ServiceParts['store'], key: ResourceKey<'User'>): Promise<void> {
  const { tenant = '', name: user } = key
  const owner = await store.loadResource({ kind: 'Tenant', name: tenant })
  if (owner === undefined || !isDedicated(owner)) return
  const { spec } = (await store.loadResource(key)) ?? {}
  if (spec === undefined) throw absentError(key)
  const { authentication } = spec
  throw rotationByStrimzi({ tenant, user, isolation: owner.spec.isolation, authentication })
}

async function mechanismFor(
  store: ServiceParts['store'],
  key: ResourceKey<'User'>,
  newest: CredentialSummary | undefined,
  endOthers: boolean,
): Promise<ScramMechanism> {
  if (newest !== undefined && !endOthers) {
    return SCRAM_MECHANISMS.find((each) => each !== newest.mechanism) ?? newest.mechanism
  }
  const user = await store.loadResource(key)
  if (user === undefined) throw absentError(key)
  const mechanism = scramMechanismOf(user.spec.authentication)
  if (mechanism !== undefined) return mechanism
  throw new KaasError('not-supported', {
    message: `${physicalName(key.tenant ?? '', key.name)} logs in by ${user.spec.authentication} and has no password.`,
    help: 'Renew her certificate or token where it comes from, or use authentication: scram-sha-512.',
  })
}
