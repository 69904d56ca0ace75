// SPDX-License-Identifier: Apache-2.0
/** The one action that a user's state calls for. Pure; tested as a table. */
import type { Acl, QuotaChange, ScramMechanism } from '@kaas/kafka-admin'
import type { ScramEntry } from '@kaas/store'
import type { UserState } from './state-of-user.ts'

/** What to do, with all it needs. */
export type UserAction =
  | { readonly kind: 'alterQuotas'; readonly cluster: string; readonly username: string; readonly change: QuotaChange }
  | { readonly kind: 'alterAcls'; readonly cluster: string; readonly add: readonly Acl[]; readonly remove: readonly Acl[] }
  | {
      readonly kind: 'setCredentials'
      readonly cluster: string
      readonly username: string
      readonly entries: readonly ScramEntry[]
    }
  | {
      readonly kind: 'deleteCredentials'
      readonly cluster: string
      readonly username: string
      readonly mechanisms: readonly ScramMechanism[]
    }
  | { readonly kind: 'removeUser' }

/** Undefined where nothing can be done now. */
export function actionForUser(state: UserState): UserAction | undefined {
  switch (state.kind) {
    case 'QuotasDiffer':
      return { kind: 'alterQuotas', cluster: state.cluster, username: state.username, change: state.change }
    case 'AclsDiffer':
      return { kind: 'alterAcls', cluster: state.cluster, add: state.add, remove: state.remove }
    case 'CredentialsDiffer':
      return { kind: 'setCredentials', cluster: state.cluster, username: state.username, entries: state.entries }
    case 'CredentialsLeft':
      return { kind: 'deleteCredentials', cluster: state.cluster, username: state.username, mechanisms: state.mechanisms }
    case 'Gone':
      return { kind: 'removeUser' }
    case 'TenantNotReady':
    case 'CredentialMissing':
    case 'InSync':
      return undefined
    default:
      return state satisfies never
  }
}
