// SPDX-License-Identifier: Apache-2.0
/** Teams have nothing on Kafka: they are ready when stored, and gone when deleted. */
import type { StoredResource } from '@kaas/store'
import { settled, working } from '../conditions.ts'
import type { KindReconciler } from '../run-context.ts'
import { keyOf } from '../save-report.ts'

interface TeamState {
  readonly kind: 'Ready' | 'Gone'
  readonly reason: string
}

export const teamReconciler: KindReconciler<'Team', StoredResource<'Team'>, TeamState, { readonly kind: 'removeTeam' }> = {
  observe: async (_context, team) => team,
  stateOf: ({ deletionRequestedAt }) =>
    deletionRequestedAt === undefined
      ? { kind: 'Ready', reason: 'The team is stored.' }
      : { kind: 'Gone', reason: 'The team is being removed.' },
  actionFor: ({ kind }) => (kind === 'Gone' ? { kind: 'removeTeam' } : undefined),
  reportOf: (_team, { kind, reason }) => ({
    verdict: kind === 'Ready' ? settled(reason) : working('Deleting', reason, reason),
    observed: {},
  }),
  act: async ({ store }, team) => {
    await store.removeResource(keyOf(team), team.uid)
  },
}
