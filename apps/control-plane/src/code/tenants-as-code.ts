// SPDX-License-Identifier: Apache-2.0
/**
 * What the control plane has when a repository of tenants is configured: the repository, what it says of the platform, and the
 * Kubernetes clusters that it is applied to.
 */
import type { TenantRepository } from '@kaas/gitops'
import type { IntakeProblems } from './intake-problems.ts'
import type { KubernetesClusters } from './kubernetes-clusters.ts'
import { TenantFiles } from './tenant-files.ts'

/** One per process. */
export interface TenantsAsCode {
  readonly repository: TenantRepository
  readonly files: TenantFiles
  /** Undefined without KAAS_KUBECONFIG_FILE: files are written, and what becomes of them is not known. */
  readonly clusters: KubernetesClusters | undefined
  /** What is wrong with documents in Git. */
  readonly problems: IntakeProblems
  /** So long a cluster may be away until it counts as gone when its tenant is being deleted. */
  readonly goneAfterMs: number
}

/** Puts the parts together. */
export function tenantsAsCode(
  repository: TenantRepository,
  clusters: KubernetesClusters | undefined,
  problems: IntakeProblems,
  goneAfterMs: number,
): TenantsAsCode {
  return { repository, files: new TenantFiles(repository), clusters, problems, goneAfterMs }
}
