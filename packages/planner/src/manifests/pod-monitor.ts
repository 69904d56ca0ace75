// SPDX-License-Identifier: Apache-2.0
/** PodMonitor: Prometheus reads Kafka, the exporter of lag, and the operators of topics and users. */
import type { Manifest } from './manifest.ts'
import { metadataOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/** One for all pods of the cluster: a pod without a port of that name is passed over. */
export function podMonitorFor({ tenant }: CheckedInput): Omit<Manifest, 'path'> {
  const { name } = tenant.metadata
  return {
    object: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: metadataOf(tenant, name),
      spec: {
        selector: { matchLabels: { 'strimzi.io/cluster': name } },
        podTargetLabels: ['strimzi.io/cluster', 'strimzi.io/pool-name'],
        podMetricsEndpoints: ['tcp-prometheus', 'healthcheck-to', 'healthcheck-uo'].map((port) => ({
          port,
          path: '/metrics',
        })),
      },
    },
    because: [],
  }
}
