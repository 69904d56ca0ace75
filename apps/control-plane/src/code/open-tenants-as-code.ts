// SPDX-License-Identifier: Apache-2.0
/** Opens the repository of tenants and the watches of Kubernetes as the configuration says. Nothing here waits for either. */

import { readFile } from 'node:fs/promises'
import { KaasError } from '@kaas/errors'
import { openTenantRepository, type RepositoryOptions } from '@kaas/gitops'
import { watchCluster } from '@kaas/kube'
import type { Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import { PLATFORM_COMMITTER } from './commit-message.ts'
import { IntakeProblems } from './intake-problems.ts'
import { KubernetesClusters } from './kubernetes-clusters.ts'
import { steadyRepository } from './steady-repository.ts'
import { type TenantsAsCode, tenantsAsCode } from './tenants-as-code.ts'

/** What the control plane is told of Git and Kubernetes. */
export interface CodeOptions {
  readonly git: Omit<RepositoryOptions, 'author'>
  readonly kubeconfigFile?: string | undefined
  /** Between two looks at the repository. */
  readonly pollMs: number
  /** So long a tenant's cluster may be away until it counts as gone when its tenant is being deleted. */
  readonly goneAfterMs: number
}

/** The caller closes it. */
export function openTenantsAsCode(options: CodeOptions, store: Store, log: Log): TenantsAsCode & { close(): Promise<void> } {
  const { git, kubeconfigFile } = options
  const repository = steadyRepository(() => openTenantRepository({ ...git, author: PLATFORM_COMMITTER }))
  const clusters = kubeconfigFile === undefined ? undefined : openClusters(kubeconfigFile, store, log)
  const close = async () => {
    await clusters?.close()
    await repository.close()
  }
  return { ...tenantsAsCode(repository, clusters, new IntakeProblems(), options.goneAfterMs), close }
}

function openClusters(file: string, store: Store, log: Log): KubernetesClusters {
  const wake = async (tenants: readonly string[]) => {
    await store.requestWork({ keys: tenants.map((name) => ({ kind: 'Tenant', name })) })
    for (const tenant of tenants) await store.requestWork({ tenant })
  }
  return new KubernetesClusters({
    kubeconfig: () => readKubeconfig(file),
    watch: watchCluster,
    changed: (tenants) => void wake(tenants).catch((error: unknown) => log.warn({ error }, 'tenants could not be woken')),
    now: () => new Date(),
    log,
  })
}

async function readKubeconfig(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new KaasError('config-invalid', {
      message: `The file of KAAS_KUBECONFIG_FILE (${file}) cannot be read.`,
      help: 'Write it, readable for this process only, or set KAAS_KUBECONFIG_FILE to where it is.',
      cause,
    })
  }
}
