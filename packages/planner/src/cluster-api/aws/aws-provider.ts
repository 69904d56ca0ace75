// SPDX-License-Identifier: Apache-2.0
/** AWS as a provider of machines, by Cluster API's provider for it: classes, shapes and identities of both flavours. */
import { KaasError } from '@kaas/errors'
import type { PlatformProfile } from '../../manifests/platform-profile.ts'
import type { CheckedInput } from '../../manifests/tenant-input.ts'
import type { ClusterProvider, ClusterShape } from '../provider.ts'
import { awsClassName, MACHINE_VARIABLES } from './aws-class.ts'
import { AWS_MACHINES, type AwsSettings } from './aws-settings.ts'
import { eksClass } from './eks-class.ts'
import { kubeadmClass } from './kubeadm-class.ts'
import { podIdentitiesFor } from './pod-identities.ts'

/** The provider. */
export const AWS: ClusterProvider<AwsSettings> = {
  name: 'aws',
  classObjects: (settings, platform) => (settings.flavour === 'eks' ? eksClass : kubeadmClass)(settings, platform),
  shapeFor,
  platformValues,
  tenantObjects: podIdentitiesFor,
}

function shapeFor(settings: AwsSettings, { tenant, plan, platform }: CheckedInput): ClusterShape {
  const { flavour, kubernetesVersion, machines } = settings
  const { instance } = plan.broker
  if (flavour === 'kubeadm') refuseBalancersOfPods(platform.external)
  if (!AWS_MACHINES.includes(instance)) {
    throw new KaasError('config-invalid', {
      message: `The plan of tenant ${tenant.metadata.name} asks for machines ${instance}, which AWS is not known to have.`,
      help: 'Plan with a catalogue of machines of AWS.',
    })
  }
  return {
    className: awsClassName(settings),
    kubernetesVersion,
    // EKS runs its own, over three zones.
    ...(flavour === 'kubeadm' ? { controlPlaneReplicas: 3 } : {}),
    // On EKS pods have addresses of the VPC; none of these overlaps with it.
    podRanges: [flavour === 'eks' ? '10.0.0.0/16' : '10.244.0.0/16'],
    serviceRanges: ['172.20.0.0/16'],
    variables: { [MACHINE_VARIABLES.brokers]: instance, [MACHINE_VARIABLES.system]: machines.system },
  }
}

const TARGET_TYPE = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type'

/** Pods in Cilium's tunnel have addresses that nothing in the VPC can reach. */
function refuseBalancersOfPods(external: PlatformProfile['external']): void {
  if (external.type !== 'loadbalancer' || external.annotations[TARGET_TYPE] !== 'ip') return
  throw new KaasError('config-invalid', {
    message:
      'platform.yaml lets load balancers send to addresses of pods, which nothing outside a cluster with kubeadm can reach.',
    help: `Set ${TARGET_TYPE} to instance.`,
    fields: [{ path: 'external.annotations', message: `${TARGET_TYPE} must be instance.` }],
  })
}

function platformValues({ flavour, region }: AwsSettings): Readonly<Record<string, unknown>> {
  const aws = { region, managedControlPlane: flavour === 'eks' }
  // EKS brings a network of its own; machines of ours have none, and without one no node is ready.
  return { provider: 'aws', aws, ...(flavour === 'kubeadm' ? { components: { cilium: { enabled: true } } } : {}) }
}
