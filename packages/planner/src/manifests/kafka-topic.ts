// SPDX-License-Identifier: Apache-2.0
/** KafkaTopic: a topic under its own name. On a cluster of its own a tenant needs no prefix (decision 0013). */
import type { Topic } from '@kaas/domain'
import { tieredTopicConfig } from './kafka-tiered-storage.ts'
import { constraintNamed, type Manifest, reasonOf } from './manifest.ts'
import { clusterLabelsOf, kubernetesNameOf, metadataOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/** The topic, with the tenant's retention unless it keeps less. */
export function kafkaTopicFor(input: CheckedInput, { metadata, spec }: Topic): Omit<Manifest, 'path'> {
  const { tenant, plan } = input
  const config = {
    'retention.ms': String(plan.limits.retentionMs),
    ...tieredTopicConfig(input, spec.config),
    ...spec.config,
  }
  return {
    object: {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaTopic',
      metadata: { ...metadataOf(tenant, kubernetesNameOf(metadata.name)), labels: clusterLabelsOf(tenant) },
      spec: { topicName: metadata.name, partitions: spec.partitions, replicas: plan.replicationFactor, config },
    },
    because: [{ path: ['spec', 'replicas'], reason: reasonOf(constraintNamed(plan, 'replication')) }],
  }
}
