// SPDX-License-Identifier: Apache-2.0
/** Names the state of a tenant, with the reason. Pure; tested as a table. */
import { isDeepStrictEqual } from 'node:util'
import type { PlanLimits } from '@kaas/domain'
import { refusalOf } from '@kaas/planner'
import { describeNames, type PrefixedNames } from '../../kafka/cluster-survey.ts'
import { wasReady } from '../save-report.ts'
import type { TenantObservation } from './observe-tenant.ts'

/** Where a tenant stands. `reason` is a sentence for its conditions. */
export type TenantState = { readonly reason: string } & (
  | { readonly kind: 'NoCluster' }
  | { readonly kind: 'NoRoom' }
  | { readonly kind: 'PrefixTaken' }
  | { readonly kind: 'Unclaimed'; readonly cluster: string }
  | { readonly kind: 'MoveWanted' }
  | { readonly kind: 'Unannounced'; readonly cluster: string; readonly limits: PlanLimits }
  | { readonly kind: 'Ready' }
  | { readonly kind: 'UsersLeft' | 'SharesLeft' }
  | {
      readonly kind: 'CredentialsLeft' | 'AclsLeft' | 'QuotasLeft' | 'GroupsLeft' | 'TransactionsLeft'
      readonly cluster: string
      readonly names: PrefixedNames
    }
  | { readonly kind: 'TopicResourcesLeft' }
  | { readonly kind: 'TopicsLeft'; readonly cluster: string; readonly names: PrefixedNames }
  | { readonly kind: 'Gone' }
)

/** The first of these that is true, in this order. */
export function stateOfTenant(observation: TenantObservation): TenantState {
  switch (observation.kind) {
    case 'deleting':
      return stateOfRemoval(observation)
    case 'unclaimed':
      return stateOfUnclaimed(observation)
    case 'claimed':
      return stateOfClaimed(observation)
    default:
      return observation satisfies never
  }
}

function stateOfUnclaimed({ tenant, plans, names }: Extract<TenantObservation, { kind: 'unclaimed' }>): TenantState {
  const { cluster: wished } = tenant.spec
  const best = plans[0]
  if (best === undefined) {
    const which = wished === undefined ? 'No Kafka cluster' : `The Kafka cluster "${wished}"`
    return { kind: 'NoCluster', reason: `${which} is not known or was never reached: see kaas get kafkaclusters.` }
  }
  if (best.kind === 'refused') {
    const { message, help } = refusalOf(best)
    return { kind: 'NoRoom', reason: `${message} ${help ?? ''}`.trim() }
  }
  const found = names === undefined ? { count: 0, examples: '' } : describeNames(names)
  if (found.count > 0) {
    return {
      kind: 'PrefixTaken',
      reason:
        `The cluster "${best.cluster}" has ${found.count} names with the prefix "${tenant.name}." already: ${found.examples}. ` +
        'Remove them, choose another name for the tenant, or set spec.adopt to take them over.',
    }
  }
  return { kind: 'Unclaimed', cluster: best.cluster, reason: `The prefix "${tenant.name}." is free on "${best.cluster}".` }
}

function stateOfClaimed({ tenant, limits, claim }: Extract<TenantObservation, { kind: 'claimed' }>): TenantState {
  const { cluster } = claim
  const wished = tenant.spec.cluster
  if (wished !== undefined && wished !== cluster) {
    return { kind: 'MoveWanted', reason: `The tenant lives on "${cluster}"; it cannot be moved to "${wished}" yet.` }
  }
  if (!wasReady(tenant) || !isDeepStrictEqual(tenant.status?.observed.limits, limits)) {
    return {
      kind: 'Unannounced',
      cluster,
      limits,
      reason: 'Gateways, topics and users are told of the tenant and its limits.',
    }
  }
  return { kind: 'Ready', reason: `The tenant lives on the Kafka cluster "${cluster}".` }
}

/** Users lose their rights before anything is deleted, those of other tenants by shares as well; what is left by prefix goes last, in the same order. */
function stateOfRemoval({
  claim,
  users,
  topics,
  shares,
  names,
}: Extract<TenantObservation, { kind: 'deleting' }>): TenantState {
  if (users > 0) return { kind: 'UsersLeft', reason: beingRemoved(users, 'user') }
  if (shares > 0) return { kind: 'SharesLeft', reason: beingRemoved(shares, 'share') }
  if (claim === undefined || names === undefined) {
    if (topics > 0) return { kind: 'TopicResourcesLeft', reason: beingRemoved(topics, 'topic') }
    return { kind: 'Gone', reason: 'The tenant never had a place on a cluster.' }
  }
  const { cluster } = claim
  const left = (
    kind: 'CredentialsLeft' | 'AclsLeft' | 'QuotasLeft' | 'GroupsLeft' | 'TransactionsLeft' | 'TopicsLeft',
    what: string,
    count: number,
  ) => ({ kind, cluster, names, reason: beingRemoved(count, what) }) as const
  if (names.users.length > 0) return left('CredentialsLeft', 'user made outside the platform', names.users.length)
  if (names.acls.length > 0) return left('AclsLeft', 'ACL', names.acls.length)
  if (names.quotaUsers.length > 0) return left('QuotasLeft', 'quota', names.quotaUsers.length)
  if (names.groups.length > 0) return left('GroupsLeft', 'group', names.groups.length)
  if (names.openTransactions.length > 0) return left('TransactionsLeft', 'open transaction', names.openTransactions.length)
  if (topics > 0) return { kind: 'TopicResourcesLeft', reason: beingRemoved(topics, 'topic') }
  if (names.topics.length > 0) return left('TopicsLeft', 'topic made outside the platform', names.topics.length)
  return { kind: 'Gone', reason: 'Nothing on the cluster carries the prefix any more.' }
}

/** One thing is removed; several things are. */
function beingRemoved(count: number, what: string): string {
  if (count === 1) return `1 ${what} is being removed.`
  return `${count} ${what.replace(/^((?:open )?\w+)/, '$1s')} are being removed.`
}
