// SPDX-License-Identifier: Apache-2.0
/** KafkaNodePools: three controllers of their own, and one pool of brokers per zone (decision 0013 says why). */
import { parseRate } from '@kaas/domain'
import { BROKER_TOLERATION, NODES_LABEL } from '../cluster-api/node-roles.ts'
import { type Because, constraintNamed, type KubernetesObject, type Manifest, reasonOf } from './manifest.ts'
import { clusterLabelsOf, KEPT, metadataOf } from './names-of.ts'
import { containerSecurity } from './pod-security.ts'
import { mebibytes, type PodSize, resourcesOf, sizeOf } from './pod-sizes.ts'
import { podTemplate } from './pod-template.ts'
import type { CheckedInput } from './tenant-input.ts'

const GIB = 1024 ** 3
const ZONE_LABEL = 'topology.kubernetes.io/zone'

/** The variable in which a broker finds its zone. */
export const RACK_VARIABLE = 'KAAS_ZONE'

/** The pools: controllers first. */
export function kafkaNodePoolsFor(input: CheckedInput): readonly Omit<Manifest, 'path'>[] {
  return [controllers(input), ...input.platform.zones.map((zone, index) => brokersIn(input, zone, index))]
}

function controllers(input: CheckedInput): Omit<Manifest, 'path'> {
  const size = sizeOf(input, 'controller')
  const pod = {
    ...podTemplate(input),
    affinity: { nodeAffinity: inZones(input.platform.zones), podAntiAffinity: apart(poolLabels(input, 'controllers')) },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: ZONE_LABEL,
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: poolLabels(input, 'controllers') },
      },
    ],
  }
  const spec = {
    roles: ['controller'],
    ...sized(input, size, 1024 ** 3),
    template: { pod, kafkaContainer: containerSecurity() },
  }
  return {
    object: pool(input, 'controllers', 900, { replicas: size.count, ...spec }),
    because: [{ path: ['spec', 'replicas'], reason: 'plan: three controllers, whatever the load' }],
  }
}

function brokersIn(input: CheckedInput, zone: string, index: number): Omit<Manifest, 'path'> {
  const { plan } = input
  const size = sizeOf(input, 'broker')
  const own = input.tenant.spec.isolation === 'cluster'
  const pod = {
    ...podTemplate(input),
    affinity: { nodeAffinity: inZones([zone], own ? BROKER_NODES : undefined), podAntiAffinity: BROKERS_APART },
    ...(own ? { tolerations: [BROKER_TOLERATION] } : {}),
  }
  const kafkaContainer = { ...containerSecurity(), env: [{ name: RACK_VARIABLE, value: zone }] }
  const spec = {
    roles: ['broker'],
    ...sized(input, size, plan.broker.heapBytes, plan.broker.diskBytesPerSecond),
    template: { pod, kafkaContainer },
  }
  return {
    object: pool(input, zone, index * 100, { replicas: plan.brokers / plan.zones, ...spec }),
    because: brokerReasons(input),
  }
}

function brokerReasons({ plan }: CheckedInput): readonly Because[] {
  const binding = constraintNamed(plan, plan.binding)
  return [
    { path: ['spec', 'replicas'], reason: `${reasonOf(binding)} binds: ${plan.brokers} brokers in ${plan.zones} zones` },
    { path: ['spec', 'resources', 'requests', 'cpu'], reason: reasonOf(constraintNamed(plan, 'cores')) },
    {
      path: ['spec', 'resources', 'requests', 'memory'],
      reason: `plan: memory of ${plan.broker.instance} less nodeReserve`,
    },
    { path: ['spec', 'jvmOptions', '-Xmx'], reason: 'plan: heap, F15; the rest is page cache, F14' },
    { path: ['spec', 'storage', 'volumes', 0, 'size'], reason: reasonOf(constraintNamed(plan, 'disk space')) },
  ]
}

function sized({ platform }: CheckedInput, size: PodSize, heapBytes: number, bytesPerSecond?: number) {
  const heap = mebibytes(heapBytes).replace('Mi', 'm')
  return {
    storage: { type: 'jbod', volumes: volumesOf(size, platform, bytesPerSecond) },
    resources: resourcesOf(size),
    jvmOptions: { '-Xms': heap, '-Xmx': heap },
  }
}

/** The metadata of KRaft lies on the first, which is there from the beginning. */
function volumesOf(
  { volumes, volumeBytes }: PodSize,
  { storageClass, volumes: { attributesClasses } }: CheckedInput['platform'],
  bytesPerSecond = 0,
) {
  const fastEnough = attributesClasses
    .map(({ name, throughput }) => ({ name, rate: parseRate(throughput) }))
    .toSorted((a, b) => a.rate - b.rate)
    .filter(({ rate }, index, all) => rate * volumes >= bytesPerSecond || index === all.length - 1)[0]
  return Array.from({ length: volumes }, (_, id) => ({
    id,
    type: 'persistent-claim',
    size: `${Math.ceil(volumeBytes / GIB)}Gi`,
    class: storageClass,
    ...(fastEnough === undefined || bytesPerSecond === 0 ? {} : { volumeAttributesClass: fastEnough.name }),
    deleteClaim: false,
    ...(id === 0 ? { kraftMetadata: 'shared' } : {}),
  }))
}

/** Node numbers of a pool lie in a hundred of its own: names of brokers stay when another pool grows. */
function pool(input: CheckedInput, name: string, firstId: number, spec: object): KubernetesObject {
  return {
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaNodePool',
    metadata: {
      ...metadataOf(input.tenant, name),
      labels: clusterLabelsOf(input.tenant),
      annotations: { ...KEPT, 'strimzi.io/next-node-ids': `[${firstId}-${firstId + 99}]` },
    },
    spec,
  }
}

function poolLabels({ tenant }: CheckedInput, name: string) {
  return { 'strimzi.io/cluster': tenant.metadata.name, 'strimzi.io/pool-name': name }
}

function inZones(zones: readonly string[], nodes?: object): object {
  const matchExpressions = [{ key: ZONE_LABEL, operator: 'In', values: zones }, ...(nodes === undefined ? [] : [nodes])]
  return { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } }
}

/** In a cluster of its own a tenant has machines that are kept for brokers. */
const BROKER_NODES = { key: NODES_LABEL, operator: 'In', values: ['brokers'] } as const

/** The plan counts one broker per machine, whichever tenant it belongs to. */
const BROKERS_APART = apart({ 'strimzi.io/broker-role': 'true' }, { namespaceSelector: {} })

/** Two on one machine would fail together. */
function apart(matchLabels: Readonly<Record<string, string>>, namespaces: object = {}): object {
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels }, ...namespaces }
  return { requiredDuringSchedulingIgnoredDuringExecution: [term] }
}
