// SPDX-License-Identifier: Apache-2.0
/** KafkaRebalance templates: how Cruise Control moves partitions when brokers come or go, without starving clients. */
import { moveRateOf } from '../plan-steps.ts'
import type { Manifest } from './manifest.ts'
import { clusterLabelsOf, metadataOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/** Modes in which Strimzi rebalances by itself, in the order of `spec.cruiseControl.autoRebalance`. */
export const REBALANCE_MODES = ['add-brokers', 'remove-brokers'] as const

/** The name of the template of a mode. */
export function rebalanceTemplateOf(mode: (typeof REBALANCE_MODES)[number]): string {
  return `on-${mode}`
}

/** One template per mode. Strimzi copies it for each rebalance and never runs it. */
export function kafkaRebalancesFor({ tenant, plan }: CheckedInput): readonly Omit<Manifest, 'path'>[] {
  const replicationThrottle = moveRateOf(plan)
  return REBALANCE_MODES.map((mode) => ({
    object: {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaRebalance',
      metadata: {
        ...metadataOf(tenant, rebalanceTemplateOf(mode)),
        labels: clusterLabelsOf(tenant),
        annotations: { 'strimzi.io/rebalance-template': 'true' },
      },
      spec: { replicationThrottle, concurrentPartitionMovementsPerBroker: 5 },
    },
    because: [
      {
        path: ['spec', 'replicationThrottle'],
        reason: 'plan: a fifth of the slower of network and disk of a broker, in bytes a second',
      },
    ],
  }))
}
