// SPDX-License-Identifier: Apache-2.0
/** Who asked for the newest change of a tenant or of what is in it, for the author of the commit. */
import { describeKind, resourcePath } from '@kaas/http-contract'
import type { StoredResource, StoreSession } from '@kaas/store'

/** The actor of the newest change below the tenant; `kaas` when there is none. Who only read is no author. */
export async function authorOf(store: StoreSession, tenant: StoredResource<'Tenant'>): Promise<string> {
  const below = resourcePath(describeKind('Tenant'), tenant.name)
  const newestOf = async (action: string) =>
    (await store.listAudit({ limit: 1, below, action, outcome: 'allowed' })).items[0]
  const [put, deletion] = [await newestOf('put'), await newestOf('delete')]
  const newest = (put?.sequence ?? 0) > (deletion?.sequence ?? 0) ? put : deletion
  return newest?.actor ?? 'kaas'
}
