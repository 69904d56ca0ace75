// SPDX-License-Identifier: Apache-2.0
/** AWSMachineTemplate, and names of templates that change with their content. */
import { createHash } from 'node:crypto'
import type { KubernetesObject } from '../../manifests/manifest.ts'
import type { NodeRole } from '../node-roles.ts'
import { CLASS_NAMESPACE } from '../provider.ts'
import type { AwsSettings } from './aws-settings.ts'

/** A template. Its name ends with the beginning of a hash of its content: templates cannot be changed, only followed by others. */
export function templateOf(apiVersion: string, kind: string, name: string, spec: object): KubernetesObject {
  const hash = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 8)
  const labels = { 'app.kubernetes.io/managed-by': 'kaas' }
  return { apiVersion, kind, metadata: { name: `${name}-${hash}`, namespace: CLASS_NAMESPACE, labels }, spec }
}

/** How a class refers to a template. */
export function referenceTo({ apiVersion, kind, metadata }: KubernetesObject): { readonly templateRef: object } {
  return { templateRef: { apiVersion, kind, name: metadata?.name } }
}

/** Machines in a private subnet, with an encrypted disk and metadata that no request without a token can read. */
export function awsMachineTemplate(settings: AwsSettings, role: NodeRole | 'control-plane'): KubernetesObject {
  const { flavour, encryptionKey, machines, profiles } = settings
  const profile = { 'control-plane': profiles.controlPlane, brokers: profiles.brokers, system: profiles.system }[role]
  // With kubeadm, pods of system nodes reach the metadata and act as its role; a pod is one hop further than its node.
  const hops = flavour === 'kubeadm' && role === 'system' ? 2 : 1
  const spec = {
    // Another one by a variable of the class.
    instanceType: role === 'control-plane' ? machines.controlPlane : machines.system,
    iamInstanceProfile: profile ?? profiles.brokers,
    publicIP: false,
    ...(flavour === 'eks' ? { ami: { eksLookupType: 'AmazonLinux2023' } } : { imageLookupBaseOS: 'ubuntu-24.04' }),
    rootVolume: { size: 60, type: 'gp3', encrypted: true, ...(encryptionKey === undefined ? {} : { encryptionKey }) },
    instanceMetadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: hops,
      instanceMetadataTags: 'disabled',
    },
    ...(flavour === 'eks' ? { cloudInit: { insecureSkipSecretsManager: true } } : {}),
  }
  const name = `kaas-aws-${flavour}-${role}`
  return templateOf('infrastructure.cluster.x-k8s.io/v1beta2', 'AWSMachineTemplate', name, { template: { spec } })
}
