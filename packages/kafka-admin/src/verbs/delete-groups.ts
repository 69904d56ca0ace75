// SPDX-License-Identifier: Apache-2.0
/** Deletes groups with their committed offsets. */
import { deleteGroups as api } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** GROUP_ID_NOT_FOUND. */
const ABSENT = 69

/**
 * Deletes each of `groupIds`, at the broker that coordinates it; one that is absent already counts as deleted. Throws
 * `resource-in-use` for a group that still has members.
 */
export async function deleteGroups(client: KafkaClient, groupIds: readonly string[]): Promise<void> {
  for (const groupId of groupIds) {
    const answer = await client.ask(api, { groupsNames: [groupId] }, { kind: 'group', groupId })
    for (const { errorCode } of answer.results) {
      if (errorCode !== ABSENT) throwUnlessOk(errorCode, `delete group ${groupId}`)
    }
  }
}
