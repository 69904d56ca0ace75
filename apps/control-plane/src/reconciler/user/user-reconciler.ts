// SPDX-License-Identifier: Apache-2.0
/** Users: credentials, rights and quotas given, put right and taken away. */
import type { StoredResource } from '@kaas/store'
import type { KindReconciler, RunContext } from '../run-context.ts'
import { keyOf } from '../save-report.ts'
import { actionForUser, type UserAction } from './action-for-user.ts'
import { observeUser, type UserObservation } from './observe-user.ts'
import { reportOfUser } from './report-of-user.ts'
import { stateOfUser, type UserState } from './state-of-user.ts'

export const userReconciler: KindReconciler<'User', UserObservation, UserState, UserAction> = {
  observe: observeUser,
  stateOf: stateOfUser,
  actionFor: actionForUser,
  reportOf: reportOfUser,
  act,
}

async function act(context: RunContext, user: StoredResource<'User'>, action: UserAction): Promise<void> {
  if (action.kind === 'removeUser') {
    // The store wakes what waits for the last user of a tenant.
    await context.store.removeResource(keyOf(user), user.uid)
    return
  }
  const { admin } = await context.cluster(action.cluster)
  switch (action.kind) {
    case 'alterQuotas':
      return admin.alterQuotas(action.username, action.change)
    case 'alterAcls':
      await admin.deleteAcls(action.remove)
      return admin.createAcls(action.add)
    case 'setCredentials':
      return admin.upsertScramCredentials(action.entries.map((entry) => ({ user: action.username, ...entry })))
    case 'deleteCredentials':
      return admin.deleteScramCredentials(action.mechanisms.map((mechanism) => ({ user: action.username, mechanism })))
    default:
      return action satisfies never
  }
}
