// SPDX-License-Identifier: Apache-2.0
/** Appends record batches, one per partition, at the brokers that lead them, acknowledged by all replicas that are in sync. */
import type { KaasError } from '@kaas/errors'
import { produce as api } from '@kaas/kafka-protocol'
import { askLeaders, type LedPartition, leaderMoved, type PartitionAnswer, type TopicPartition } from '../find-leaders.ts'
import type { KafkaClient } from '../kafka-client.ts'
import { kafkaError } from '../kafka-error.ts'

/** One batch for one partition. */
export interface BatchToProduce extends TopicPartition {
  readonly batch: Buffer
}

/** How it went. */
export interface ProducedBatch extends TopicPartition {
  /** Of the first record; undefined with a problem. */
  readonly baseOffset: number | undefined
  /** `kafka-unavailable` and `kafka-timeout` leave open whether the batch was written. */
  readonly problem?: KaasError
}

/**
 * In the order of `batches`, of which no two may go to one partition. A batch whose answer is lost is not sent again: it could be
 * there twice. Throws `resource-absent` for a topic that is not there.
 */
export async function produce(client: KafkaClient, batches: readonly BatchToProduce[]): Promise<readonly ProducedBatch[]> {
  const answers = await askLeaders(client, batches, (leader, asked) => askLeader(client, leader, asked, batches))
  return batches.map(({ topic, partition }) => {
    const answer = answers.find((each) => each.partition.topic === topic && each.partition.partition === partition)
    if (answer?.kind === 'answer') return { topic, partition, baseOffset: answer.value }
    const problem = answer?.problem ?? kafkaError(-1, `produce to ${topic}/${partition}`)
    return { topic, partition, baseOffset: undefined, problem }
  })
}

async function askLeader(
  client: KafkaClient,
  nodeId: number,
  asked: readonly LedPartition[],
  batches: readonly BatchToProduce[],
): Promise<readonly PartitionAnswer<number>[]> {
  const topicData = [...Map.groupBy(asked, ({ topic }) => topic)].map(([name, partitions]) => ({
    name,
    topicId: partitions[0]?.topicId ?? '',
    partitionData: partitions.map(({ partition }) => ({ index: partition, records: batchFor(batches, name, partition) })),
  }))
  const request = { transactionalId: null, acks: -1, timeoutMs: client.brokerTimeoutMs, topicData }
  const answer = await client.askOnce(api, request, { kind: 'broker', nodeId })
  return answer.responses.flatMap(({ name, topicId, partitionResponses }) => {
    // From v13 on answers carry the id in place of the name.
    const topic = asked.find((each) => (name === '' ? each.topicId === topicId : each.topic === name))?.topic ?? name
    return partitionResponses.map(({ index, errorCode, baseOffset, errorMessage }): PartitionAnswer<number> => {
      const partition = { topic, partition: index }
      if (errorCode === 0) return { kind: 'answer', partition, value: Number(baseOffset) }
      const problem = kafkaError(errorCode, `produce to ${topic}/${index}`, errorMessage)
      return { kind: leaderMoved(errorCode) ? 'moved' : 'failed', partition, problem }
    })
  })
}

function batchFor(batches: readonly BatchToProduce[], topic: string, partition: number): Buffer | null {
  return batches.find((each) => each.topic === topic && each.partition === partition)?.batch ?? null
}
