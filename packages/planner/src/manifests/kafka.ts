// SPDX-License-Identifier: Apache-2.0
/** Kafka: the cluster itself, without its nodes, which are in the pools. Fields by the v1 API of Strimzi 1.x. */

import { versionsFor, wantedVersions } from '../kafka-versions.ts'
import { listenerReasons, listenersFor } from './kafka-listeners.ts'
import { ALLOWED_METRICS } from './kafka-metrics.ts'
import { RACK_VARIABLE } from './kafka-node-pools.ts'
import { quotaReasons, quotasFor } from './kafka-quotas.ts'
import { REBALANCE_MODES, rebalanceTemplateOf } from './kafka-rebalances.ts'
import { tieredStorageConfig, tieredStorageFields } from './kafka-tiered-storage.ts'
import { type Because, constraintNamed, type Manifest, reasonOf } from './manifest.ts'
import { KEPT, metadataOf } from './names-of.ts'
import { containerSecurity } from './pod-security.ts'
import { resourcesOf, sizeOf } from './pod-sizes.ts'
import { podTemplate } from './pod-template.ts'
import type { CheckedInput } from './tenant-input.ts'

/** The Kafka object, named as the tenant. */
export function kafkaFor(input: CheckedInput): Omit<Manifest, 'path'> {
  const { tenant, platform } = input
  const maintenanceWindows = tenant.spec.maintenanceWindows ?? platform.maintenanceWindows
  return {
    object: {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'Kafka',
      metadata: { ...metadataOf(tenant, tenant.metadata.name), annotations: KEPT },
      spec: {
        kafka: brokersFor(input),
        entityOperator: entityOperatorFor(input),
        cruiseControl: cruiseControlFor(input),
        kafkaExporter: kafkaExporterFor(input),
        ...(maintenanceWindows.length === 0 ? {} : { maintenanceTimeWindows: maintenanceWindows }),
      },
    },
    because: [...listenerReasons(input), ...configReasons(input), ...quotaReasons(input), ...capacityReasons(input)],
  }
}

function brokersFor(input: CheckedInput): object {
  const { version, metadataVersion } = versionsFor(wantedVersions(input.tenant, input.platform), input.running)
  return {
    version,
    metadataVersion,
    ...tieredStorageFields(input),
    listeners: listenersFor(input),
    authorization: { type: 'simple' },
    // By a variable of each pool and not by the node's label: that way needs a ClusterRoleBinding (decision 0013).
    rack: { type: 'environment-variable', envVarName: RACK_VARIABLE },
    config: configFor(input),
    quotas: quotasFor(input),
    metricsConfig: { type: 'strimziMetricsReporter', values: { allowList: ALLOWED_METRICS } },
    template: { podDisruptionBudget: { maxUnavailable: 1 } },
  }
}

function configFor(input: CheckedInput): Readonly<Record<string, string | number | boolean>> {
  const { plan } = input
  const copies = plan.replicationFactor
  const inSync = plan.minInSyncReplicas
  return {
    'auto.create.topics.enable': false,
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': inSync,
    'log.retention.ms': plan.limits.localRetentionMs ?? plan.limits.retentionMs,
    'num.recovery.threads.per.data.dir': plan.broker.cores,
    'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector',
    ...tieredStorageConfig(input),
  }
}

function configReasons({ plan }: CheckedInput): readonly Because[] {
  const at = (name: string, reason: string) => ({ path: ['spec', 'kafka', 'config', name], reason })
  return [
    at('default.replication.factor', reasonOf(constraintNamed(plan, 'replication'))),
    at('log.retention.ms', reasonOf(constraintNamed(plan, 'disk space'))),
    at('num.recovery.threads.per.data.dir', `plan: cores of ${plan.broker.instance}`),
  ]
}

function entityOperatorFor(input: CheckedInput): object {
  return {
    topicOperator: { resources: resourcesOf(sizeOf(input, 'topicOperator')) },
    userOperator: { resources: resourcesOf(sizeOf(input, 'userOperator')) },
    template: {
      pod: podTemplate(input),
      topicOperatorContainer: containerSecurity(),
      userOperatorContainer: containerSecurity(),
    },
  }
}

/** Without the capacity of the network Cruise Control takes every broker for a machine with 10 MB/s. */
function cruiseControlFor(input: CheckedInput): object {
  return {
    brokerCapacity: {
      cpu: `${input.plan.broker.cores}`,
      inboundNetwork: networkOf(input, 'network in'),
      outboundNetwork: networkOf(input, 'network out'),
    },
    autoRebalance: REBALANCE_MODES.map((mode) => ({ mode, template: { name: rebalanceTemplateOf(mode) } })),
    resources: resourcesOf(sizeOf(input, 'cruiseControl')),
    template: { pod: podTemplate(input), cruiseControlContainer: containerSecurity() },
  }
}

function networkOf({ plan }: CheckedInput, name: 'network in' | 'network out'): string {
  const { capacity } = constraintNamed(plan, name, 'network')
  return `${Math.floor(capacity / plan.brokers / 1024)}KiB/s`
}

function capacityReasons({ plan }: CheckedInput): readonly Because[] {
  const at = (name: string, reason: string) => ({ path: ['spec', 'cruiseControl', 'brokerCapacity', name], reason })
  return [
    at('cpu', reasonOf(constraintNamed(plan, 'cores'))),
    at('inboundNetwork', reasonOf(constraintNamed(plan, 'network in', 'network'))),
    at('outboundNetwork', reasonOf(constraintNamed(plan, 'network out', 'network'))),
  ]
}

function kafkaExporterFor(input: CheckedInput): object {
  return {
    topicRegex: '.*',
    groupRegex: '.*',
    resources: resourcesOf(sizeOf(input, 'kafkaExporter')),
    template: { pod: podTemplate(input), container: containerSecurity() },
  }
}
