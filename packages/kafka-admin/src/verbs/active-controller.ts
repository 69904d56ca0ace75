// SPDX-License-Identifier: Apache-2.0
/** Who leads the metadata of a cluster: the active controller. Metadata names any broker instead, since brokers pass requests on. */
import { describeQuorum as api } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

const METADATA_TOPIC = '__cluster_metadata'

/** The node id of the active controller, which need not be a broker; undefined while none is elected. */
export async function activeController(client: KafkaClient): Promise<number | undefined> {
  const answer = await client.ask(api, { topics: [{ topicName: METADATA_TOPIC, partitions: [{ partitionIndex: 0 }] }] })
  throwUnlessOk(answer.errorCode, 'describe quorum')
  const partition = answer.topics[0]?.partitions[0]
  throwUnlessOk(partition?.errorCode ?? 0, 'describe quorum')
  return partition === undefined || partition.leaderId < 0 ? undefined : partition.leaderId
}
