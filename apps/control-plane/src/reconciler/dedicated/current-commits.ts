// SPDX-License-Identifier: Apache-2.0
/** Which of the commits that Flux speaks of have a tenant's files as Git has them now. */
import type { TenantRepository } from '@kaas/gitops'
import { commitOfRevision, type ObservedObject } from '@kaas/kube'
import { isPathOf } from '../../code/tenant-files.ts'

/** Asks the local copy once per commit, and Git when Flux was faster than the copy. */
export async function currentCommits(
  repository: TenantRepository,
  tenant: string,
  objects: readonly ObservedObject[],
): Promise<ReadonlySet<string>> {
  const commits = new Set(objects.flatMap(revisionsOf).map(commitOfRevision))
  const current = new Set<string>()
  for (const commit of commits) {
    if (!/^[0-9a-f]{40,64}$/.test(commit)) continue
    const changes = await changedSince(repository, commit)
    if (changes === undefined || changes.rewritten) continue
    if (!changes.paths.some((path) => isPathOf(tenant, path))) current.add(commit)
  }
  return current
}

/** A commit that the copy does not know or is behind of is most often newer: without looking, each would turn all tenants unready. */
async function changedSince(repository: TenantRepository, commit: string) {
  const changes = await repository.changedSince(commit)
  if (changes?.rewritten !== true) return changes
  const isFetched = await repository.fetch().then(
    () => true,
    () => false,
  )
  return isFetched ? await repository.changedSince(commit) : changes
}

function revisionsOf({ kind, status }: ObservedObject): readonly string[] {
  const artifact = status.artifact as { readonly revision?: unknown } | undefined
  const said = kind === 'GitRepository' ? [artifact?.revision] : kind === 'Kustomization' ? [status.lastAppliedRevision] : []
  return said.filter((revision) => typeof revision === 'string')
}
