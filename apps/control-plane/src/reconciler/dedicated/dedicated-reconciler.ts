// SPDX-License-Identifier: Apache-2.0
/** Living tenants with Kafka of their own: planned, written to Git, and watched while Flux and Strimzi make them. */
import type { StoredResource } from '@kaas/store'
import type { KindReconciler, RunContext } from '../run-context.ts'
import { saveObserved } from '../save-observed.ts'
import { actionForDedicated, type DedicatedAction } from './action-for-dedicated.ts'
import { authorOf } from './author-of.ts'
import { mirror } from './mirror.ts'
import { type DedicatedObservation, observeDedicated } from './observe-dedicated.ts'
import { reportOfDedicated } from './report-of-dedicated.ts'
import { type DedicatedState, stateOfDedicated } from './state-of-dedicated.ts'
import { tellDrift } from './tell-drift.ts'

export const dedicatedReconciler: KindReconciler<'Tenant', DedicatedObservation, DedicatedState, DedicatedAction> = {
  observe: observeDedicated,
  stateOf: stateOfDedicated,
  actionFor: actionForDedicated,
  reportOf: reportOfDedicated,
  act,
  told: mirror,
}

async function act(context: RunContext, tenant: StoredResource<'Tenant'>, action: DedicatedAction): Promise<void> {
  switch (action.kind) {
    case 'writeFiles':
      return await writeFiles(context, action)
    case 'announceFiles':
      await saveObserved(context.store, tenant, { writtenUpTo: action.upTo.toISOString() })
      return context.store.requestWork({ tenant: tenant.name })
    default:
      return action satisfies never
  }
}

/** What differs although nothing new was ordered was changed by hand: it is told, and written back. */
async function writeFiles(
  { code, store }: RunContext,
  { intent, drift, paths }: Extract<DedicatedAction, { kind: 'writeFiles' }>,
): Promise<void> {
  const { tenant } = intent
  const author = drift ? 'kaas' : await authorOf(store, tenant)
  const outcome = await code?.files.write(intent, { author, verb: 'write back' })
  if (drift && outcome?.kind === 'committed') await tellDrift(store, tenant, paths, outcome.commit)
  await code?.clusters?.nudge(tenant.name)
}
