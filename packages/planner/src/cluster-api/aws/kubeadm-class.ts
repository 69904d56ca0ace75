// SPDX-License-Identifier: Apache-2.0
/** ClusterClass `kaas-aws-kubeadm`: three control-plane machines of ours behind a network load balancer, all on Ubuntu 24.04. */
import type { KubernetesObject } from '../../manifests/manifest.ts'
import { apiServerFilesFor, apiServerPatchesFor } from '../api-server-files.ts'
import { BROKER_TAINT, NODE_ROLES, NODES_LABEL, type NodeRole } from '../node-roles.ts'
import type { ClassPlatform } from '../provider.ts'
import { awsClass } from './aws-class.ts'
import { awsMachineTemplate, referenceTo, templateOf } from './aws-machine-template.ts'
import { awsNetworkFor } from './aws-network.ts'
import type { AwsSettings } from './aws-settings.ts'

/** What Cilium needs between machines, as charts/platform sets it up. Without rules of ours Cluster API lets Calico's through. */
const TUNNEL = [
  { description: 'VXLAN (Cilium)', protocol: 'udp', fromPort: 8472, toPort: 8472 },
  { description: 'Health (Cilium)', protocol: 'tcp', fromPort: 4240, toPort: 4240 },
]

/** The class and its templates. */
export function kubeadmClass(settings: AwsSettings, platform: ClassPlatform): readonly KubernetesObject[] {
  const infrastructure = clusterTemplate(settings, platform.zones)
  const controlPlane = controlPlaneTemplate(settings, platform)
  const controlPlaneMachine = awsMachineTemplate(settings, 'control-plane')
  const workers = NODE_ROLES.map((role) => ({
    role,
    bootstrap: workerTemplate(role),
    machine: awsMachineTemplate(settings, role),
  }))
  const spec = {
    infrastructure: referenceTo(infrastructure),
    controlPlane: { ...referenceTo(controlPlane), machineInfrastructure: referenceTo(controlPlaneMachine) },
    workers: {
      machineDeployments: workers.map(({ role, bootstrap, machine }) => ({
        class: role,
        bootstrap: referenceTo(bootstrap),
        infrastructure: referenceTo(machine),
      })),
    },
    patches: apiServerPatchesFor(settings.audit),
  }
  const templates = workers.flatMap(({ bootstrap, machine }) => [bootstrap, machine])
  return [awsClass(settings, spec), infrastructure, controlPlane, controlPlaneMachine, ...templates]
}

function clusterTemplate(settings: AwsSettings, zones: readonly string[]): KubernetesObject {
  const spec = {
    region: settings.region,
    network: { ...awsNetworkFor(settings, zones), cni: { cniIngressRules: TUNNEL } },
    controlPlaneLoadBalancer: {
      loadBalancerType: 'nlb',
      scheme: 'internet-facing',
      healthCheckProtocol: 'HTTPS',
      crossZoneLoadBalancing: true,
      ingressRules: [
        {
          description: 'Kubernetes API',
          protocol: 'tcp',
          fromPort: 6443,
          toPort: 6443,
          cidrBlocks: settings.apiSourceRanges,
          // Machines of the cluster come by its own way out.
          natGatewaysIPsSource: true,
        },
      ],
    },
  }
  const apiVersion = 'infrastructure.cluster.x-k8s.io/v1beta2'
  return templateOf(apiVersion, 'AWSClusterTemplate', 'kaas-aws-kubeadm-cluster', { template: { spec } })
}

function controlPlaneTemplate(settings: AwsSettings, platform: ClassPlatform): KubernetesObject {
  const external = [{ name: 'cloud-provider', value: 'external' }]
  const { args, volumes, files } = apiServerFilesFor(settings, platform)
  const kubeadmConfigSpec = {
    ...(files.length === 0 ? {} : { files }),
    clusterConfiguration: {
      apiServer: { extraArgs: [...external, ...args], ...(volumes.length === 0 ? {} : { extraVolumes: volumes }) },
      controllerManager: { extraArgs: external },
    },
    initConfiguration: registration(external),
    joinConfiguration: registration(external),
  }
  const spec = { kubeadmConfigSpec, rollout: { before: { certificatesExpiryDays: 60 } } }
  const apiVersion = 'controlplane.cluster.x-k8s.io/v1beta2'
  return templateOf(apiVersion, 'KubeadmControlPlaneTemplate', 'kaas-aws-kubeadm-control-plane', { template: { spec } })
}

function workerTemplate(role: NodeRole): KubernetesObject {
  const kubeletExtraArgs = [
    { name: 'cloud-provider', value: 'external' },
    { name: 'node-labels', value: `${NODES_LABEL}=${role}` },
  ]
  const spec = { joinConfiguration: registration(kubeletExtraArgs, role === 'brokers' ? [BROKER_TAINT] : undefined) }
  return templateOf('bootstrap.cluster.x-k8s.io/v1beta2', 'KubeadmConfigTemplate', `kaas-aws-kubeadm-${role}`, {
    template: { spec },
  })
}

/** Nodes are called as AWS calls them, by which its controller finds them. */
function registration(kubeletExtraArgs: readonly object[], taints?: readonly object[]): object {
  const name = '{{ ds.meta_data.local_hostname }}'
  return { nodeRegistration: { name, kubeletExtraArgs, ...(taints === undefined ? {} : { taints }) } }
}
