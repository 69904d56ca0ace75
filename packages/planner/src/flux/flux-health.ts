// SPDX-License-Identifier: Apache-2.0
/**
 * When Flux may call a custom resource healthy. Its own rule takes an object without status for done; these expressions do not.
 * Flux itself holds an object back whose `status.observedGeneration` is behind, so the expressions need not.
 */

/** An entry of `healthCheckExprs`: CEL over the whole object. */
export interface HealthExpression {
  readonly apiVersion: string
  readonly kind: string
  readonly current: string
  readonly failed?: string
  readonly inProgress?: string
}

const SEEN = 'has(status.observedGeneration) && status.observedGeneration == metadata.generation'
const isTrue = (type: string) => `status.conditions.exists(c, c.type == '${type}' && c.status == 'True')`

/** What Strimzi says when it sees a Kafka before the pools that are applied with it, and takes back when they come. */
const POOLS_TO_COME = 'No KafkaNodePools found'

/** Strimzi says NotReady with the reason Creating while it works, and with the name of a problem when it gave up for now. */
const ofStrimzi = (kind: string): HealthExpression => ({
  apiVersion: 'kafka.strimzi.io/v1',
  kind,
  inProgress: '!has(status.conditions)',
  failed: `${SEEN} && status.conditions.exists(c, c.type == 'NotReady' && c.status == 'True' && has(c.reason) && c.reason != 'Creating' && !(has(c.message) && c.message.contains('${POOLS_TO_COME}')))`,
  current: `${SEEN} && ${isTrue('Ready')}`,
})

/** Of what stands in the folder `kafka`. A pool has no condition of its own; its operator has seen it when its nodes have numbers. */
export const KAFKA_HEALTH: readonly HealthExpression[] = [
  ofStrimzi('Kafka'),
  { apiVersion: 'kafka.strimzi.io/v1', kind: 'KafkaNodePool', current: `${SEEN} && has(status.nodeIds)` },
  {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    inProgress: '!has(status.conditions)',
    current: `status.conditions.exists(c, c.type == 'Ready' && c.status == 'True' && has(c.observedGeneration) && c.observedGeneration == metadata.generation)`,
  },
]

/** Of what stands in the folder `access`. */
export const ACCESS_HEALTH: readonly HealthExpression[] = [ofStrimzi('KafkaTopic'), ofStrimzi('KafkaUser')]

/** Of the cluster of a hard tenant. */
export const CLUSTER_HEALTH: readonly HealthExpression[] = [
  {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    inProgress: '!has(status.conditions)',
    current: `${SEEN} && ${isTrue('Available')}`,
  },
]
