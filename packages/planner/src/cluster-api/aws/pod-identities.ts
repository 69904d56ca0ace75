// SPDX-License-Identifier: Apache-2.0
/**
 * Which pods of a tenant's cluster act as which role of AWS: associations of EKS Pod Identity, as objects of AWS's own controller
 * in the management cluster. Decision 0016 compares the ways and says what the roles may.
 */
import type { KubernetesObject } from '../../manifests/manifest.ts'
import { metadataOf } from '../../manifests/names-of.ts'
import type { CheckedInput } from '../../manifests/tenant-input.ts'
import type { AwsSettings } from './aws-settings.ts'

/** Accounts of the components of charts/platform, and the role of each. */
const ACCOUNTS = [
  ['cert-manager', 'cert-manager', 'dns'],
  ['external-dns', 'external-dns', 'dns'],
  ['kube-system', 'ebs-csi-controller-sa', 'disks'],
  ['kube-system', 'aws-load-balancer-controller', 'loadBalancers'],
] as const

/** One object per account; none with kubeadm, whose pods act as the role of their node. */
export function podIdentitiesFor({ flavour, roles }: AwsSettings, { tenant }: CheckedInput): readonly KubernetesObject[] {
  if (flavour !== 'eks' || roles === undefined) return []
  return ACCOUNTS.map(([namespace, serviceAccount, role]) => ({
    apiVersion: 'eks.services.k8s.aws/v1alpha1',
    kind: 'PodIdentityAssociation',
    metadata: metadataOf(tenant, serviceAccount),
    spec: { clusterName: tenant.metadata.name, namespace, serviceAccount, roleARN: roles[role] },
  }))
}
