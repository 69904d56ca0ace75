// SPDX-License-Identifier: Apache-2.0
/** What a user's state means for her conditions and for when to look again. Pure. */
import { blocked, settled, type Verdict, working } from '../conditions.ts'
import { LOOK_AGAIN_MS, WAIT_MS } from '../intervals.ts'
import type { Report } from '../run-context.ts'
import type { UserObservation } from './observe-user.ts'
import type { UserState } from './state-of-user.ts'

/** The report; `observed` shows the user as Kafka has her, without secrets. */
export function reportOfUser(observation: UserObservation, state: UserState): Report {
  const deleting = observation.user.deletionRequestedAt !== undefined
  const verdict = deleting ? working('Deleting', state.reason, state.reason) : verdictOf(state)
  const againInMs = state.kind === 'TenantNotReady' ? WAIT_MS : LOOK_AGAIN_MS
  return { verdict, observed: observedOf(observation), againInMs }
}

function observedOf(observation: UserObservation): Readonly<Record<string, unknown>> {
  if (observation.kind === 'homeless') return {}
  const { username, found } = observation
  const mechanisms = found.credentials.map(({ mechanism }) => mechanism)
  return { username, mechanisms, acls: found.acls.length, quotasPerBroker: found.quotas }
}

function verdictOf(state: UserState): Verdict {
  const { reason } = state
  switch (state.kind) {
    case 'TenantNotReady':
      return working(state.kind, reason, 'wait for the tenant')
    case 'CredentialMissing':
      return blocked('Provisioned', state.kind, reason)
    case 'QuotasDiffer':
    case 'AclsDiffer':
    case 'CredentialsDiffer':
    case 'CredentialsLeft':
    case 'Gone':
      return working(state.kind, reason, 'change the user')
    case 'InSync':
      return settled(reason)
    default:
      return state satisfies never
  }
}
