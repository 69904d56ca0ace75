// SPDX-License-Identifier: Apache-2.0
/** The files of `infrastructure/classes/`, which `kaas gitops init` writes: what clusters of hard tenants are made from. */
import { stringify } from 'yaml'
import type { KubernetesObject } from '../manifests/manifest.ts'
import type { PlatformProfile } from '../manifests/platform-profile.ts'
import { CLASS_NAMESPACE } from './provider.ts'
import { providerOf } from './provider-of.ts'

/**
 * Text by path; nothing for a platform without the section `clusters`. A template that changes gets another name, as Cluster API
 * wants it: the class refers to the new one, and clusters roll over to it. Throws `config-invalid` as the provider does.
 */
export function renderClusterClasses(platform: PlatformProfile): ReadonlyMap<string, string> {
  const { clusters } = platform
  if (clusters === undefined) return new Map()
  const provider = providerOf(clusters)
  const folder = `infrastructure/classes/${provider.name}/`
  const namespace: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Namespace',
    // No pod ever runs there; the policies of the platform demand the second label of every namespace of ours.
    metadata: {
      name: CLASS_NAMESPACE,
      labels: { 'app.kubernetes.io/managed-by': 'kaas', 'pod-security.kubernetes.io/enforce': 'restricted' },
    },
  }
  const objects = [namespace, ...provider.classObjects(clusters, platform)]
  return new Map(
    objects.map((object) => [
      `${folder}${object.kind.toLowerCase()}-${object.metadata?.name}.yaml`,
      stringify(object, { lineWidth: 0, aliasDuplicateObjects: false }),
    ]),
  )
}
