// SPDX-License-Identifier: Apache-2.0
/**
 * Removes what still carries a deleted tenant's prefix: things that applications made over the Kafka protocol, and remains of a
 * run that was killed. Each verb takes one kind of thing; the order is the states'.
 */

import type { EnteredCluster } from '../../run-context.ts'
import type { TenantAction } from '../action-for-tenant.ts'

/** The actions that take things away by prefix. */
export type SweepAction = Extract<TenantAction, { readonly names: unknown }>

/** Does one of them. Throws `resource-in-use` while a group still has members: they lose their rights and leave in time. */
export async function sweep({ admin }: EnteredCluster, { kind, names }: SweepAction): Promise<void> {
  switch (kind) {
    case 'deleteCredentials': {
      const all = names.users.flatMap(({ user, credentials }) => credentials.map(({ mechanism }) => ({ user, mechanism })))
      return admin.deleteScramCredentials(all)
    }
    case 'deleteAcls':
      await admin.deleteAcls(names.acls)
      return
    case 'deleteQuotas':
      for (const user of names.quotaUsers) {
        const quotas = await admin.describeQuotas(user)
        await admin.alterQuotas(user, { set: {}, remove: quotas.flatMap(({ values }) => Object.keys(values)) })
      }
      return
    case 'deleteGroups':
      return admin.deleteGroups(names.groups)
    case 'endTransactions':
      return admin.endTransactions(names.openTransactions)
    case 'deleteTopics':
      return admin.deleteTopics(names.topics)
    default:
      return kind satisfies never
  }
}
