// SPDX-License-Identifier: Apache-2.0
/**
 * The repository of tenants for a process that starts before Git answers and goes on while it is away. It is opened when it is first
 * needed; after a failure everybody gets that failure for a moment instead of waiting for one more.
 */
import { asKaasError, type KaasError } from '@kaas/errors'
import type { TenantRepository } from '@kaas/gitops'

/** Long enough that a hundred waiting tenants do not ask a hundred times. */
const REST_MS = 2_000

/** `open` opens the repository; it is brought up to date once before anything is read. */
export function steadyRepository(open: () => Promise<TenantRepository>): TenantRepository {
  let opening: Promise<TenantRepository> | undefined
  let failure: { readonly error: KaasError; readonly untilMs: number } | undefined
  const use = async <T>(work: (repository: TenantRepository) => Promise<T>): Promise<T> => {
    if (failure !== undefined && Date.now() < failure.untilMs) throw failure.error
    opening ??= openFetched(open)
    const repository = await opening.catch((thrown: unknown) => {
      opening = undefined
      failure = { error: asKaasError(thrown), untilMs: Date.now() + REST_MS }
      throw thrown
    })
    failure = undefined
    return await work(repository)
  }
  return {
    fetch: () => use((repository) => repository.fetch()),
    read: (path, commit) => use((repository) => repository.read(path, commit)),
    list: (folder) => use((repository) => repository.list(folder)),
    changedSince: (since) => use((repository) => repository.changedSince(since)),
    history: (request) => use((repository) => repository.history(request)),
    commit: (request) => use((repository) => repository.commit(request)),
    close: async () => {
      const repository = await opening?.catch(() => undefined)
      await repository?.close()
    },
  }
}

/** While the server is away, what was fetched by an earlier run is good enough to read. */
async function openFetched(open: () => Promise<TenantRepository>): Promise<TenantRepository> {
  const repository = await open()
  try {
    await repository.fetch()
    return repository
  } catch (error) {
    if ((await repository.changedSince(undefined).catch(() => undefined)) !== undefined) return repository
    await repository.close()
    throw error
  }
}
