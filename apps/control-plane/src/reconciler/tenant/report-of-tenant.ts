// SPDX-License-Identifier: Apache-2.0
/** What a tenant's state means for its conditions and for when to look again. Pure. */
import { prefixOf } from '@kaas/domain'
import { blocked, settled, type Verdict, working } from '../conditions.ts'
import { LOOK_AGAIN_MS, WAIT_MS } from '../intervals.ts'
import type { Report } from '../run-context.ts'
import type { TenantObservation } from './observe-tenant.ts'
import type { TenantState } from './state-of-tenant.ts'

/** The report. Limits and claim in `observed` are those stored already: only actions set new ones. */
export function reportOfTenant({ tenant }: TenantObservation, state: TenantState): Report {
  const observed = { ...tenant.status?.observed }
  return { verdict: verdictOf(state), observed, againInMs: againInMs(state) }
}

/** `status.observed` of a tenant that lives on `cluster`. */
export function observedOf(tenant: string, cluster: string): Readonly<Record<string, unknown>> {
  return { cluster, prefix: prefixOf(tenant), claimed: true }
}

function verdictOf(state: TenantState): Verdict {
  const { reason } = state
  switch (state.kind) {
    case 'NoRoom':
      return blocked('Planned', state.kind, reason)
    case 'NoCluster':
    case 'MoveWanted':
      return blocked('Planned', state.kind, reason)
    case 'PrefixTaken':
      return blocked('Provisioned', state.kind, reason)
    case 'Unclaimed':
      return working('Claiming', reason, 'claim the prefix')
    case 'Unannounced':
      return working('Announcing', reason, 'tell the gateways')
    case 'Ready':
      return settled(reason)
    case 'UsersLeft':
    case 'SharesLeft':
    case 'CredentialsLeft':
    case 'AclsLeft':
    case 'QuotasLeft':
    case 'GroupsLeft':
    case 'TransactionsLeft':
    case 'TopicResourcesLeft':
    case 'TopicsLeft':
    case 'Gone':
      return working('Deleting', reason, reason)
    default:
      return state satisfies never
  }
}

/** Most waiting ends by being woken; the time is for wake-ups that got lost. */
function againInMs(state: TenantState): number {
  switch (state.kind) {
    case 'UsersLeft':
    case 'SharesLeft':
    case 'TopicResourcesLeft':
      return WAIT_MS
    case 'PrefixTaken':
    case 'NoCluster':
    case 'NoRoom':
      return 10 * WAIT_MS
    default:
      return LOOK_AGAIN_MS
  }
}
