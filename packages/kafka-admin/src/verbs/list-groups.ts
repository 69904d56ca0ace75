// SPDX-License-Identifier: Apache-2.0
/** Which groups a cluster has, of every type. Each broker knows the groups that it coordinates, so all are asked. */
import { listGroups as api } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** One group. */
export interface ListedGroup {
  readonly groupId: string
  /** `classic`, `consumer`, `share`, `streams`. */
  readonly type: string
  /** `Empty`, `Stable`, `Dead` … */
  readonly state: string
  /** The broker that coordinates it, and answers for it. */
  readonly coordinator: number
}

/** The groups whose id starts with `prefix`. Kafka has no filter by name: the whole list crosses the wire. */
export async function listGroups(client: KafkaClient, prefix = ''): Promise<readonly ListedGroup[]> {
  const lists = await Promise.all(
    (await client.brokerIds()).map(async (nodeId) => {
      const answer = await client.ask(api, { statesFilter: [], typesFilter: [] }, { kind: 'broker', nodeId })
      throwUnlessOk(answer.errorCode, 'list groups')
      return answer.groups.map((group) => ({ ...group, coordinator: nodeId }))
    }),
  )
  return lists
    .flat()
    .filter(({ groupId }) => groupId.startsWith(prefix))
    .map(({ groupId, groupType, groupState, coordinator }) => ({
      groupId,
      type: groupType.toLowerCase(),
      state: groupState,
      coordinator,
    }))
}
