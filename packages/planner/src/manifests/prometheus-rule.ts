// SPDX-License-Identifier: Apache-2.0
/** PrometheusRule: what wakes someone, and what tells the tenant that it comes near what was planned. */
import { quotaModeOf } from './kafka-quotas.ts'
import type { Because, Manifest } from './manifest.ts'
import { metadataOf, namespaceOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

interface Alert {
  readonly alert: string
  readonly expr: string
  readonly for: string
  readonly severity: 'critical' | 'warning'
  readonly summary: string
  readonly because?: string
}

/** The alerts of one tenant. Names of metrics are those of Strimzi's metrics reporter and of the Kafka exporter. */
export function prometheusRuleFor(input: CheckedInput): Omit<Manifest, 'path'> {
  const { tenant } = input
  const alerts = [...healthAlerts(namespaceOf(tenant)), ...planAlerts(input)]
  const rules = alerts.map(({ alert, expr, for: period, severity, summary }) => ({
    alert,
    expr,
    for: period,
    labels: { severity, tenant: tenant.metadata.name, team: tenant.spec.team },
    annotations: { summary },
  }))
  const because: readonly Because[] = alerts.flatMap(({ because: reason }, index) =>
    reason === undefined ? [] : [{ path: ['spec', 'groups', 0, 'rules', index, 'expr'], reason }],
  )
  return {
    object: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: metadataOf(tenant, tenant.metadata.name),
      spec: { groups: [{ name: `kaas-${tenant.metadata.name}`, rules }] },
    },
    because,
  }
}

function healthAlerts(namespace: string): readonly Alert[] {
  const of = `{namespace="${namespace}"}`
  return [
    {
      alert: 'KafkaOfflinePartitions',
      expr: `sum(kafka_controller_kafkacontroller_offlinepartitionscount${of}) > 0`,
      for: '1m',
      severity: 'critical',
      summary: 'Partitions have no leader; nobody can read or write them.',
    },
    {
      alert: 'KafkaUnderMinInSyncReplicas',
      expr: `sum(kafka_server_replicamanager_underminisrpartitioncount${of}) > 0`,
      for: '2m',
      severity: 'critical',
      summary: 'Producers with acks=all are refused for some partitions.',
    },
    {
      alert: 'KafkaUnderReplicatedPartitions',
      expr: `sum(kafka_server_replicamanager_underreplicatedpartitions${of}) > 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Some partitions have fewer replicas in sync than they should.',
    },
    {
      alert: 'KafkaNoActiveController',
      expr: `sum(kafka_controller_kafkacontroller_activecontrollercount${of}) != 1`,
      for: '2m',
      severity: 'critical',
      summary: 'There is not exactly one active controller.',
    },
    {
      alert: 'KafkaScrapeFailing',
      expr: `up${of} == 0`,
      for: '5m',
      severity: 'warning',
      summary: 'Metrics of a pod cannot be read.',
    },
  ]
}

function planAlerts(input: CheckedInput): readonly Alert[] {
  const { tenant, plan } = input
  const guarded = quotaModeOf(input) === 'shared'
  const of = `namespace="${namespaceOf(tenant)}"`
  const most = Math.floor(plan.limits.produceBytesPerSecond * 0.9)
  return [
    {
      alert: 'KafkaDiskFillsUp',
      expr: `min(kubelet_volume_stats_available_bytes{${of}} / kubelet_volume_stats_capacity_bytes{${of}}) < 0.15`,
      for: '5m',
      severity: 'critical',
      summary: guarded
        ? 'Less than 15 % of a disk is free; at 10 % producers are stopped.'
        : 'Less than 15 % of a disk is free; nothing stops producers before it is full.',
    },
    {
      alert: 'KafkaProduceNearPlan',
      expr: `sum(rate(kafka_server_brokertopicmetrics_bytesinpersec_total{${of},topic=""}[5m])) > ${most}`,
      for: '15m',
      severity: 'warning',
      summary: 'The tenant produces more than 90 % of its plan; order more before it is throttled.',
      because: 'plan: produce rate of the workload, 90 % of it',
    },
  ]
}
