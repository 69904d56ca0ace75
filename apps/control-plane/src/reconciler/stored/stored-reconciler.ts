// SPDX-License-Identifier: Apache-2.0
/** Teams, roles, bindings and policies have nothing on Kafka: they are ready when stored, and gone when deleted. */
import type { StoredResource } from '@kaas/store'
import { settled, working } from '../conditions.ts'
import type { KindReconciler } from '../run-context.ts'
import { keyOf } from '../save-report.ts'

type Kind = 'Team' | 'Role' | 'RoleBinding' | 'Policy'

interface StoredState {
  readonly kind: 'Ready' | 'Gone'
  readonly reason: string
}

/** The reconciler of one such kind; `what` is the word for it. */
export function storedReconciler(
  what: string,
): KindReconciler<Kind, StoredResource<Kind>, StoredState, { readonly kind: 'remove' }> {
  return {
    observe: async (_context, resource) => resource,
    stateOf: ({ deletionRequestedAt }) =>
      deletionRequestedAt === undefined
        ? { kind: 'Ready', reason: `The ${what} is stored.` }
        : { kind: 'Gone', reason: `The ${what} is being removed.` },
    actionFor: ({ kind }) => (kind === 'Gone' ? { kind: 'remove' } : undefined),
    reportOf: (_resource, { kind, reason }) => ({
      verdict: kind === 'Ready' ? settled(reason) : working('Deleting', reason, reason),
      observed: {},
    }),
    act: async ({ store }, resource) => {
      await store.removeResource(keyOf(resource), resource.uid)
    },
  }
}
