// SPDX-License-Identifier: Apache-2.0
/** Follows the repository of tenants and takes over what others merged, one tenant after the other. One that is broken stops nobody. */
import { asKaasError } from '@kaas/errors'
import { type ChangedPaths, type RepositoryWatch, watchRepository } from '@kaas/gitops'
import { type IntakeParts, takeOver } from './take-over.ts'
import { touchedTenants } from './touched-tenants.ts'

/** The setting that keeps the commit up to which everything was taken over. */
const TAKEN = 'git-taken-over'

/** Starts at once; while Git is away it tries again, and says so once. */
export async function startGitIntake(parts: IntakeParts, pollMs: number): Promise<RepositoryWatch> {
  const { store, log } = parts
  let since = await store.loadSetting(TAKEN)
  let isFirst = true
  return watchRepository({
    repository: parts.code.repository,
    intervalMs: pollMs,
    // From nothing: what is wrong with a file is known only to the process that looked at it.
    since: undefined,
    changed: async (change) => {
      await takeAll(parts, isFirst ? await withRemoved(parts, change, since) : change, since)
      isFirst = false
      since = change.commit
      await store.saveSetting(TAKEN, change.commit)
    },
    trouble: (error) => {
      if (error === undefined) log.info({}, 'the repository of tenants is followed again')
      else log.warn({ code: error.code, error: error.message }, 'the repository of tenants cannot be followed')
    },
  })
}

/** The first look sees what there is; what went since the last process looked comes from the commit that it kept. */
async function withRemoved({ code }: IntakeParts, change: ChangedPaths, since: string | undefined): Promise<ChangedPaths> {
  if (since === undefined) return change
  const later = await code.repository.changedSince(since)
  return { ...change, paths: [...change.paths, ...(later?.paths ?? [])] }
}

async function takeAll(parts: IntakeParts, change: ChangedPaths, since: string | undefined): Promise<void> {
  if (change.paths.includes('platform.yaml')) await wakeDedicated(parts)
  const failures: unknown[] = []
  for (const tenant of touchedTenants(change.paths)) {
    await takeOver(parts, { tenant, commit: change.commit, since }).catch((error: unknown) => {
      parts.log.warn({ tenant, error: asKaasError(error).message }, 'a merged change is taken over later')
      failures.push(error)
    })
  }
  // Told again by the watch: what was taken over already changes nothing then.
  if (failures.length > 0) throw failures[0]
}

async function wakeDedicated({ store }: IntakeParts): Promise<void> {
  let cursor: string | undefined
  do {
    const query = { kind: 'Tenant', limit: 1000, filter: 'spec.isolation!=virtual' } as const
    const page = await store.listResources({ ...query, ...(cursor === undefined ? {} : { cursor }) })
    await store.requestWork({ keys: page.items.map(({ name }) => ({ kind: 'Tenant', name })) })
    cursor = page.next
  } while (cursor !== undefined)
}
