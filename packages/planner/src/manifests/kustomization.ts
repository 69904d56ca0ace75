// SPDX-License-Identifier: Apache-2.0
/** The list of files of one folder that Flux applies. */
import type { Tenant } from '@kaas/domain'
import type { Manifest } from './manifest.ts'
import { namespaceOf } from './names-of.ts'

/** `kustomization.yaml` of the folder, which ends with a slash. The namespace keeps it from being empty, which kustomize refuses. */
export function kustomizationFor(tenant: Tenant, folder: string, manifests: readonly Manifest[]): Manifest {
  const files = manifests.filter(({ path }) => path.startsWith(folder)).map(({ path }) => path.slice(folder.length))
  return {
    path: `${folder}kustomization.yaml`,
    object: {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      namespace: namespaceOf(tenant),
      resources: [...new Set(files)].toSorted(),
    },
    because: [],
  }
}
