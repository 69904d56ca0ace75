// SPDX-License-Identifier: Apache-2.0
/** The list of a tenant's files that Flux applies: all but `tenant.yaml`, which is no object of Kubernetes. */
import type { Tenant } from '@kaas/domain'
import type { Manifest } from './manifest.ts'

/** `kustomization.yaml` of the tenant's folder. */
export function kustomizationFor(tenant: Tenant, manifests: readonly Manifest[]): Manifest {
  const folder = `tenants/${tenant.metadata.name}/`
  const files = manifests.filter(({ path }) => path.startsWith(folder)).map(({ path }) => path.slice(folder.length))
  return {
    path: `${folder}kustomization.yaml`,
    object: { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: files.toSorted() },
    because: [],
  }
}
