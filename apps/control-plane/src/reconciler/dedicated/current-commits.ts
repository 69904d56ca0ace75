// SPDX-License-Identifier: Apache-2.0
/** Which of the commits that Flux speaks of have a tenant's files as Git has them now. */
import type { TenantRepository } from '@kaas/gitops'
import { commitOfRevision, type ObservedObject } from '@kaas/kube'
import { isPathOf } from '../../code/tenant-files.ts'

/** Asks the local copy once per commit. */
export async function currentCommits(
  repository: TenantRepository,
  tenant: string,
  objects: readonly ObservedObject[],
): Promise<ReadonlySet<string>> {
  const commits = new Set(objects.flatMap(revisionsOf).map(commitOfRevision))
  const current = new Set<string>()
  for (const commit of commits) {
    if (!/^[0-9a-f]{40,64}$/.test(commit)) continue
    const changes = await repository.changedSince(commit)
    if (changes === undefined || changes.rewritten) continue
    if (!changes.paths.some((path) => isPathOf(tenant, path))) current.add(commit)
  }
  return current
}

function revisionsOf({ kind, status }: ObservedObject): readonly string[] {
  const artifact = status.artifact as { readonly revision?: unknown } | undefined
  const said = kind === 'GitRepository' ? [artifact?.revision] : kind === 'Kustomization' ? [status.lastAppliedRevision] : []
  return said.filter((revision) => typeof revision === 'string')
}
