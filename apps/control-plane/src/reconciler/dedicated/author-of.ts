// SPDX-License-Identifier: Apache-2.0
/** Who asked for the newest change of a tenant or of what is in it, for the author of the commit. */
import { describeKind, resourcePath } from '@kaas/http-contract'
import type { StoredResource, StoreSession } from '@kaas/store'

/** The actor of the newest audit record below the tenant; `kaas` when there is none. */
export async function authorOf(store: StoreSession, tenant: StoredResource<'Tenant'>): Promise<string> {
  const path = resourcePath(describeKind('Tenant'), tenant.name)
  const { items } = await store.listAudit({ limit: 50, outcome: 'allowed' })
  const newest = items.filter(isChange).find(({ subject }) => subject === path || subject.startsWith(`${path}/`))
  if (newest !== undefined) return newest.actor
  const own = await store.listAudit({ limit: 50, subject: path, outcome: 'allowed' })
  return own.items.find(isChange)?.actor ?? 'kaas'
}

/** Who only read is no author. */
function isChange({ action }: { readonly action: string }): boolean {
  return action === 'put' || action === 'delete'
}
