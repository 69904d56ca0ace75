// SPDX-License-Identifier: Apache-2.0
/** Names the state of a user, with the reason. Pure; tested as a table. */
import { proofOf } from '@kaas/domain'
import type { Acl, QuotaChange, ScramMechanism } from '@kaas/kafka-admin'
import type { ScramEntry } from '@kaas/store'
import { aclDifference, aclsFor } from './acls-for.ts'
import type { UserObservation } from './observe-user.ts'
import { quotaChange, quotasFor } from './quotas-for.ts'
import { shareAclsFor } from './share-acls.ts'

/** Where a user stands. `reason` is a sentence for her conditions. */
export type UserState = { readonly reason: string } & (
  | { readonly kind: 'TenantNotReady' }
  | { readonly kind: 'CredentialMissing' }
  | { readonly kind: 'QuotasDiffer'; readonly cluster: string; readonly username: string; readonly change: QuotaChange }
  | { readonly kind: 'AclsDiffer'; readonly cluster: string; readonly add: readonly Acl[]; readonly remove: readonly Acl[] }
  | {
      readonly kind: 'CredentialsDiffer'
      readonly cluster: string
      readonly username: string
      readonly entries: readonly ScramEntry[]
    }
  | {
      readonly kind: 'CredentialsLeft'
      readonly cluster: string
      readonly username: string
      readonly mechanisms: readonly ScramMechanism[]
    }
  | { readonly kind: 'InSync' }
  | { readonly kind: 'Gone' }
)

/**
 * The first of these that is true, in this order. Who is new gets quotas and rights before she can log in; who goes cannot log in
 * before she loses rights and quotas.
 */
export function stateOfUser(observation: UserObservation): UserState {
  const deleting = observation.user.deletionRequestedAt !== undefined
  if (observation.kind === 'homeless') {
    return deleting
      ? { kind: 'Gone', reason: 'The user was never made.' }
      : { kind: 'TenantNotReady', reason: observation.reason }
  }
  return deleting ? stateOfRemoval(observation) : stateOfLife(observation)
}

type Housed = Extract<UserObservation, { kind: 'housed' }>

function stateOfRemoval({ home, username, found }: Housed): UserState {
  const { cluster } = home
  if (found.credentials.length > 0) {
    const mechanisms = found.credentials.map(({ mechanism }) => mechanism)
    return { kind: 'CredentialsLeft', cluster, username, mechanisms, reason: 'Her credentials are being removed.' }
  }
  if (found.acls.length > 0) {
    return { kind: 'AclsDiffer', cluster, add: [], remove: found.acls, reason: 'Her rights are being removed.' }
  }
  const change = quotaChange(found.quotas, {})
  if (change !== undefined)
    return { kind: 'QuotasDiffer', cluster, username, change, reason: 'Her quotas are being removed.' }
  return { kind: 'Gone', reason: 'Nothing of the user is left.' }
}

function stateOfLife(observation: Housed): UserState {
  const { user, home, username, found } = observation
  const { cluster, limits } = home
  if (home.deleting) return { kind: 'TenantNotReady', reason: 'The tenant is being deleted.' }
  const change = quotaChange(found.quotas, quotasFor(user.spec, limits, observation.brokers))
  if (change !== undefined) return { kind: 'QuotasDiffer', cluster, username, change, reason: 'Quotas differ.' }
  const whose = [user.tenant ?? '', user.name, user.spec] as const
  const wanted = [...aclsFor(...whose), ...shareAclsFor(...whose, observation.shares)]
  const { add, remove } = aclDifference(found.acls, wanted)
  if (add.length + remove.length > 0) {
    const reason = `Rights differ: ${add.length} are missing, ${remove.length} are too much.`
    return { kind: 'AclsDiffer', cluster, add, remove, reason }
  }
  return stateOfCredentials(observation)
}

function stateOfCredentials({ user, home, username, entries, found }: Housed): UserState {
  const { cluster } = home
  const mechanisms = found.credentials.filter(({ trial }) => trial === 'unknown').map(({ mechanism }) => mechanism)
  if (mechanisms.length > 0 && entries.length === 0 && proofOf(user.spec.authentication) === undefined) {
    const reason = `${username} logs in with the password that she had before this control plane; rotate it to know it.`
    return { kind: 'InSync', reason }
  }
  if (mechanisms.length > 0) {
    const reason = `Kafka holds a credential that was not given out: ${mechanisms.join(', ')}.`
    return { kind: 'CredentialsLeft', cluster, username, mechanisms, reason }
  }
  const proof = proofOf(user.spec.authentication)
  if (proof !== undefined) {
    const by = proof === 'bearer' ? 'a bearer token' : 'a certificate'
    return { kind: 'InSync', reason: `${username} can log in by ${by}, with her rights and quotas.` }
  }
  if (entries.length === 0) {
    const reason = 'The user has no password yet: kaas create user, or rotate her credentials.'
    return { kind: 'CredentialMissing', reason }
  }
  const differing = entries.filter((entry) => {
    const credential = found.credentials.find(({ mechanism }) => mechanism === entry.mechanism)
    return credential === undefined || credential.trial === 'refused'
  })
  if (differing.length > 0) {
    const reason = `Kafka does not hold her credential for ${differing.map(({ mechanism }) => mechanism).join(', ')}.`
    return { kind: 'CredentialsDiffer', cluster, username, entries: differing, reason }
  }
  return { kind: 'InSync', reason: `${username} can log in, with her rights and quotas.` }
}
