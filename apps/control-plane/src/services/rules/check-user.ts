// SPDX-License-Identifier: Apache-2.0
/** Rules of users: no more than the tenant may have, and a log-in that a shared cluster offers. */
import type { ResourceOf, UserSpec } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { StoredResource, StoreSession } from '@kaas/store'
import { isDedicated } from '../../tenants/is-dedicated.ts'
import { lockTenant } from './tenant-of.ts'

/** Throws `not-supported`, `resource-absent` or `limit-exceeded`. */
export async function checkUser(
  session: StoreSession,
  { metadata, spec }: ResourceOf<'User'>,
  stored: StoredResource<'User'> | undefined,
): Promise<void> {
  const tenant = metadata.tenant ?? ''
  const { tenant: owner, limits } = await lockTenant(session, tenant)
  if (isDedicated(owner)) refuseWeakScram(spec.authentication)
  else scramOf(spec.authentication)
  if (stored !== undefined) return
  const { count } = await session.countOfTenant('User', tenant)
  if (count < limits.users) return
  throw new KaasError('limit-exceeded', {
    message: `The tenant "${tenant}" has all of its ${limits.users} users already.`,
    help: 'Delete users that are not needed, or raise spec.workload.users of the tenant.',
  })
}

function refuseWeakScram(authentication: UserSpec['authentication']): void {
  if (authentication !== 'scram-sha-256') return
  throw new KaasError('not-supported', {
    message: 'Strimzi, which runs Kafka of this tenant, does not offer scram-sha-256.',
    help: 'Use authentication: scram-sha-512 or tls.',
    fields: [{ path: 'spec.authentication', message: 'Must be scram-sha-512 or tls.' }],
  })
}

/** The log-in by password. Throws `not-supported` for certificates: only tenants with Kafka of their own take them. */
export function scramOf(authentication: UserSpec['authentication']): Exclude<UserSpec['authentication'], 'tls'> {
  if (authentication !== 'tls') return authentication
  throw new KaasError('not-supported', {
    message: 'Users of a virtual tenant cannot log in by certificate yet.',
    help: 'Use authentication: scram-sha-512.',
    fields: [{ path: 'spec.authentication', message: 'Must be scram-sha-512 or scram-sha-256.' }],
  })
}
