// SPDX-License-Identifier: Apache-2.0
/**
 * Cluster: the Kubernetes cluster of a hard tenant, as a topology of Cluster API. Names of machine deployments follow zones and
 * not sizes, so that a resize changes numbers only.
 */
import type { Because, KubernetesObject, Manifest } from '../manifests/manifest.ts'
import { KEPT, metadataOf } from '../manifests/names-of.ts'
import type { CheckedInput } from '../manifests/tenant-input.ts'
import type { ClusterSettings } from './cluster-settings.ts'
import { NODES_LABEL, type NodeRole } from './node-roles.ts'
import { CLASS_NAMESPACE } from './provider.ts'
import { providerOf } from './provider-of.ts'

const SIZE = 'cluster.x-k8s.io/cluster-api-autoscaler-node-group'

/** The file `infrastructure/clusters/<tenant>.yaml`. */
export function clusterFor(input: CheckedInput, settings: ClusterSettings): Manifest {
  const { tenant } = input
  const shape = providerOf(settings).shapeFor(settings, input)
  const { controlPlaneReplicas: replicas } = shape
  const object: KubernetesObject = {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: { ...metadataOf(tenant, tenant.metadata.name), annotations: KEPT },
    spec: {
      clusterNetwork: {
        pods: { cidrBlocks: shape.podRanges },
        services: { cidrBlocks: shape.serviceRanges },
        serviceDomain: 'cluster.local',
      },
      topology: {
        classRef: { name: shape.className, namespace: CLASS_NAMESPACE },
        version: shape.kubernetesVersion,
        ...(replicas === undefined ? {} : { controlPlane: { replicas, healthCheck: healthCheck() } }),
        variables: Object.entries(shape.variables).map(([name, value]) => ({ name, value })),
        workers: { machineDeployments: input.platform.zones.flatMap((zone) => nodesIn(input, zone, settings)) },
      },
    },
  }
  return { path: `infrastructure/clusters/${tenant.metadata.name}.yaml`, object, because: reasonsFor(input, settings) }
}

function nodesIn({ plan, platform }: CheckedInput, zone: string, { autoscaler }: ClusterSettings): readonly object[] {
  const brokers = plan.brokers / plan.zones
  // Three controllers of Kafka stand on three machines, however few zones there are.
  const system = Math.ceil(3 / platform.zones.length)
  return [
    nodes('brokers', zone, autoscaler ? bounds(brokers, brokers + 1) : { replicas: brokers }),
    nodes('system', zone, autoscaler ? bounds(system, system * 2) : { replicas: system }),
  ]
}

interface Amount {
  readonly replicas?: number
  readonly annotations?: Readonly<Record<string, string>>
}

/** The autoscaler takes machines away that are empty, and so none whose broker still holds data. */
function bounds(least: number, most: number): Amount {
  return { annotations: { [`${SIZE}-min-size`]: `${least}`, [`${SIZE}-max-size`]: `${most}` } }
}

function nodes(role: NodeRole, zone: string, { annotations, ...amount }: Amount): object {
  return {
    class: role,
    name: `${role}-${zone}`,
    failureDomain: zone,
    ...amount,
    metadata: { labels: { [NODES_LABEL]: role }, ...(annotations === undefined ? {} : { annotations }) },
    deletion: {
      // Kafka's disruption budget holds a drain back while another broker is away; without end, as a broker must not be cut off.
      ...(role === 'brokers' ? {} : { nodeDrainTimeoutSeconds: 1800 }),
      nodeVolumeDetachTimeoutSeconds: 600,
      nodeDeletionTimeoutSeconds: 600,
    },
    rollout: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
    healthCheck: healthCheck(1),
  }
}

/** A machine that is away for ten minutes is replaced; when too many are, nobody knows better than a person. */
function healthCheck(maxInFlight?: number): object {
  const away = ['Unknown', 'False'].map((status) => ({ type: 'Ready', status, timeoutSeconds: 600 }))
  return {
    enabled: true,
    checks: { nodeStartupTimeoutSeconds: 1200, unhealthyNodeConditions: away },
    remediation: {
      triggerIf: { unhealthyLessThanOrEqualTo: '40%' },
      ...(maxInFlight === undefined ? {} : { maxInFlight }),
    },
  }
}

function reasonsFor({ plan, platform }: CheckedInput, { autoscaler }: ClusterSettings): readonly Because[] {
  const reason = `plan: ${plan.binding} binds: ${plan.brokers} brokers in ${plan.zones} zones, one machine each`
  const field = autoscaler ? ['metadata', 'annotations', `${SIZE}-min-size`] : ['replicas']
  return platform.zones.map((_, index) => ({
    path: ['spec', 'topology', 'workers', 'machineDeployments', index * 2, ...field],
    reason,
  }))
}
