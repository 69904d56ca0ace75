// SPDX-License-Identifier: Apache-2.0
/** The one action that a tenant's state calls for. Pure; tested as a table. */
import type { PlanLimits } from '@kaas/domain'
import type { PrefixedNames } from '../../kafka/cluster-survey.ts'
import type { TenantState } from './state-of-tenant.ts'

/** What to do, with all it needs. */
export type TenantAction =
  | { readonly kind: 'claimPrefix'; readonly cluster: string }
  | { readonly kind: 'announceTenant'; readonly cluster: string; readonly limits: PlanLimits }
  | {
      readonly kind:
        | 'deleteCredentials'
        | 'deleteAcls'
        | 'deleteQuotas'
        | 'deleteGroups'
        | 'endTransactions'
        | 'deleteTopics'
      readonly cluster: string
      readonly names: PrefixedNames
    }
  | { readonly kind: 'removeTenant' }

/** Undefined where nothing can be done now: it is as it should be, somebody must change something, or others work first. */
export function actionForTenant(state: TenantState): TenantAction | undefined {
  switch (state.kind) {
    case 'Unclaimed':
      return { kind: 'claimPrefix', cluster: state.cluster }
    case 'Unannounced':
      return { kind: 'announceTenant', cluster: state.cluster, limits: state.limits }
    case 'CredentialsLeft':
      return { kind: 'deleteCredentials', cluster: state.cluster, names: state.names }
    case 'AclsLeft':
      return { kind: 'deleteAcls', cluster: state.cluster, names: state.names }
    case 'QuotasLeft':
      return { kind: 'deleteQuotas', cluster: state.cluster, names: state.names }
    case 'GroupsLeft':
      return { kind: 'deleteGroups', cluster: state.cluster, names: state.names }
    case 'TransactionsLeft':
      return { kind: 'endTransactions', cluster: state.cluster, names: state.names }
    case 'TopicsLeft':
      return { kind: 'deleteTopics', cluster: state.cluster, names: state.names }
    case 'Gone':
      return { kind: 'removeTenant' }
    case 'NoCluster':
    case 'NoRoom':
    case 'PrefixTaken':
    case 'MoveWanted':
    case 'Ready':
    case 'UsersLeft':
    case 'SharesLeft':
    case 'TopicResourcesLeft':
      return undefined
    default:
      return state satisfies never
  }
}
