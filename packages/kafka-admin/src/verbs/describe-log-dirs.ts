// SPDX-License-Identifier: Apache-2.0
/** What lies on the disks of the brokers. Every broker is asked for its own; one that is away makes the answer partial, not void. */
import { KaasError } from '@kaas/errors'
import { describeLogDirs as api } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { kafkaError } from '../kafka-error.ts'

/** The replicas on one broker, with bytes on its disks. */
export interface BrokerLogs {
  readonly nodeId: number
  /** Of all disks together; absent when the broker does not say. */
  readonly totalBytes?: number
  readonly usableBytes?: number
  readonly replicas: readonly { readonly topic: string; readonly partition: number; readonly bytes: number }[]
  /** Why the broker told nothing, or not all. */
  readonly problem?: KaasError
}

/** Of all brokers, or for `topics` only (partition numbers by name). */
export async function describeLogDirs(
  client: KafkaClient,
  topics?: ReadonlyMap<string, readonly number[]>,
): Promise<readonly BrokerLogs[]> {
  const wanted =
    topics === undefined ? null : [...topics].map(([topic, partitions]) => ({ topic, partitions: [...partitions] }))
  return await Promise.all((await client.brokerIds()).map((nodeId) => logsOf(client, nodeId, wanted)))
}

type Wanted = { topic: string; partitions: number[] }[] | null

async function logsOf(client: KafkaClient, nodeId: number, topics: Wanted): Promise<BrokerLogs> {
  try {
    const answer = await client.ask(api, { topics }, { kind: 'broker', nodeId })
    const failed = [answer.errorCode, ...answer.results.map(({ errorCode }) => errorCode)].find((code) => code !== 0)
    const replicas = answer.results.flatMap((disk) =>
      disk.topics.flatMap(({ name, partitions }) =>
        partitions
          .filter(({ isFutureKey }) => !isFutureKey)
          .map(({ partitionIndex, partitionSize }) => ({
            topic: name,
            partition: partitionIndex,
            bytes: Number(partitionSize),
          })),
      ),
    )
    return {
      nodeId,
      replicas,
      ...sumOf('totalBytes', answer.results),
      ...sumOf('usableBytes', answer.results),
      ...(failed === undefined ? {} : { problem: kafkaError(failed, `describe log directories of broker ${nodeId}`) }),
    }
  } catch (error) {
    if (!(error instanceof KaasError)) throw error
    return { nodeId, replicas: [], problem: error }
  }
}

function sumOf<K extends 'totalBytes' | 'usableBytes'>(
  key: K,
  disks: readonly Readonly<Record<K, bigint>>[],
): { readonly [key in K]?: number } {
  if (disks.length === 0 || disks.some((disk) => disk[key] < 0n)) return {}
  return { [key]: Number(disks.reduce((sum, disk) => sum + disk[key], 0n)) } as { readonly [key in K]: number }
}
