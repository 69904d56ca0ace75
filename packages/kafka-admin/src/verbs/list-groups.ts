// SPDX-License-Identifier: Apache-2.0
/** Which groups a cluster has, of every type. Each broker knows the groups that it coordinates, so all are asked. */
import { asKaasError, type KaasError } from '@kaas/errors'
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

/** The groups of the brokers that answered. */
export interface GroupsThatAnswered {
  readonly groups: readonly ListedGroup[]
  /** Why the groups of some broker are missing. */
  readonly problem?: KaasError
}

/** The groups whose id starts with `prefix`. Kafka has no filter by name: the whole list crosses the wire. Throws when a broker does not tell. */
export async function listGroups(client: KafkaClient, prefix = ''): Promise<readonly ListedGroup[]> {
  const { groups, problem } = await listGroupsThatAnswer(client, prefix)
  if (problem !== undefined) throw problem
  return groups
}

/** As listGroups, and a broker that does not tell takes away its own groups only. Throws when none answers. */
export async function listGroupsThatAnswer(client: KafkaClient, prefix = ''): Promise<GroupsThatAnswered> {
  const lists = await Promise.allSettled((await client.brokerIds()).map((nodeId) => listAt(client, nodeId, prefix)))
  const groups = lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []))
  const failed = lists.find((list) => list.status === 'rejected')
  if (failed === undefined) return { groups }
  if (lists.every(({ status }) => status === 'rejected')) throw failed.reason
  return { groups, problem: asKaasError(failed.reason) }
}

async function listAt(client: KafkaClient, nodeId: number, prefix: string): Promise<readonly ListedGroup[]> {
  const answer = await client.ask(api, { statesFilter: [], typesFilter: [] }, { kind: 'broker', nodeId })
  throwUnlessOk(answer.errorCode, 'list groups')
  return answer.groups
    .filter(({ groupId }) => groupId.startsWith(prefix))
    .map(({ groupId, groupType, groupState }) => {
      return { groupId, type: groupType.toLowerCase(), state: groupState, coordinator: nodeId }
    })
}
