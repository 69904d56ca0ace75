// SPDX-License-Identifier: Apache-2.0
/** Whether somebody else than the platform changed the files of a tenant last: only then a difference is drift and not an order on its way. */
import type { TenantRepository } from '@kaas/gitops'
import { PLATFORM_COMMITTER } from '../code/commit-message.ts'

/** Looks at the newest commit that touched the folder of the tenant. */
export async function changedByOthers(repository: Pick<TenantRepository, 'history'>, tenant: string): Promise<boolean> {
  const [newest] = await repository.history({ path: `tenants/${tenant}`, limit: 1 })
  return newest !== undefined && newest.committer.email !== PLATFORM_COMMITTER.email
}
