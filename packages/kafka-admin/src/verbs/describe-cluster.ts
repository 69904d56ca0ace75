// SPDX-License-Identifier: Apache-2.0
/** Which brokers a cluster has. */
import { describeCluster as api } from '@kaas/kafka-protocol'
import { orForOlderBrokers } from '../for-older-brokers.ts'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** One broker, as it advertises itself on the listener that was asked. */
export interface Broker {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  /** Registered, but not serving now. */
  readonly fenced: boolean
}

/** What a cluster says of itself. */
export interface ClusterDescription {
  readonly clusterId: string
  /** In node order. */
  readonly brokers: readonly Broker[]
}

const BROKERS = 1

/** Asks any broker for the id of the cluster and its brokers, also those that are registered and do not run now. */
export async function describeCluster(client: KafkaClient): Promise<ClusterDescription> {
  const request = { includeClusterAuthorizedOperations: false }
  // Before Kafka 4.0 nobody tells of brokers that do not run, and before 3.7 nobody asks for anything but brokers.
  const answer = await orForOlderBrokers(
    () => client.ask(api, { ...request, endpointType: BROKERS, includeFencedBrokers: true }),
    () => client.ask(api, request),
  )
  throwUnlessOk(answer.errorCode, 'describe cluster', answer.errorMessage)
  const brokers = answer.brokers.map(({ brokerId, host, port, rack, isFenced }) => {
    return { nodeId: brokerId, host, port, rack, fenced: isFenced }
  })
  return { clusterId: answer.clusterId, brokers: brokers.sort((a, b) => a.nodeId - b.nodeId) }
}
