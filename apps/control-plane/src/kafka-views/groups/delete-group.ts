// SPDX-License-Identifier: Apache-2.0
/** Deletes a group with its offsets. */
import type { Store } from '@kaas/store'
import { type Actor, auditOf } from '../../services/actor.ts'
import type { KafkaViews } from '../kafka-views.ts'
import { findGroup } from './find-group.ts'
import { groupSubject, refuseActive } from './reset-offsets.ts'

/** Throws `resource-absent`, `resource-in-use` while the group has members, and what Kafka fails with. */
export async function deleteGroup(
  views: KafkaViews,
  store: Store,
  { tenant, group: name, actor }: { readonly tenant: string; readonly group: string; readonly actor: Actor },
): Promise<Readonly<Record<string, never>>> {
  return await views.kafka.in(tenant, async (home) => {
    const group = await findGroup(home, name)
    refuseActive(group, name)
    await store.saveAudit({
      ...auditOf(actor, 'delete-group', groupSubject(tenant, name)),
      before: { offsets: group.offsets.length },
    })
    await home.admin.deleteGroups([group.groupId]).finally(() => views.indexOf(tenant).expireGroups())
    return {}
  })
}
