// SPDX-License-Identifier: Apache-2.0
/** One group of a tenant as Kafka has it now. */
import { KaasError } from '@kaas/errors'
import type { CommittedOffset, GroupDescription, ListedGroup } from '@kaas/kafka-admin'
import type { TenantHome } from '../tenant-kafka.ts'

/** The group with its members and offsets, all by physical names. */
export interface FoundGroup extends ListedGroup {
  readonly described: GroupDescription
  readonly offsets: readonly CommittedOffset[]
}

/** Throws `resource-absent` when the tenant has no such group, also when it is another tenant's. */
export async function findGroup({ admin, tenant, names }: TenantHome, name: string): Promise<FoundGroup> {
  const groupId = names.physical(name)
  const { groups, problem } = await admin.listGroupsThatAnswer(groupId)
  const listed = groups.find((group) => group.groupId === groupId)
  // Perhaps it is on the broker that did not answer.
  if (listed === undefined && problem !== undefined) throw problem
  if (listed === undefined) throw groupAbsent(name, tenant.name)
  const [[described], committed] = await Promise.all([admin.describeGroups([listed]), admin.fetchGroupOffsets([listed])])
  if (described === undefined) throw groupAbsent(name, tenant.name)
  const offsets = [...(committed.get(groupId) ?? [])].sort(byPartition)
  return { ...listed, state: described.state, described, offsets }
}

/** In the order of topics and partitions. */
export function byPartition(a: PartitionName, b: PartitionName): number {
  return a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1
}

interface PartitionName {
  readonly topic: string
  readonly partition: number
}

/** The refusal for a name that no group of the tenant has. */
export function groupAbsent(name: string, tenant: string): KaasError {
  return new KaasError('resource-absent', {
    message: `The tenant "${tenant}" has no consumer group "${name.slice(0, 200)}".`,
    help: 'Kafka forgets groups without members once their offsets are older than a week.',
  })
}
