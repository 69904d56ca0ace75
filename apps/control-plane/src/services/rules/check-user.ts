// SPDX-License-Identifier: Apache-2.0
/** Rules of users: no more than the tenant may have. */
import type { ResourceOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { StoredResource, StoreSession } from '@kaas/store'
import { lockTenant } from './tenant-of.ts'

/** Throws `resource-absent` or `limit-exceeded`. */
export async function checkUser(
  session: StoreSession,
  { metadata }: ResourceOf<'User'>,
  stored: StoredResource<'User'> | undefined,
): Promise<void> {
  const tenant = metadata.tenant ?? ''
  const { limits } = await lockTenant(session, tenant)
  if (stored !== undefined) return
  const { count } = await session.countOfTenant('User', tenant)
  if (count < limits.users) return
  throw new KaasError('limit-exceeded', {
    message: `The tenant "${tenant}" has all of its ${limits.users} users already.`,
    help: 'Delete users that are not needed, or raise spec.workload.users of the tenant.',
  })
}
