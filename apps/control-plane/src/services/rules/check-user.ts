// SPDX-License-Identifier: Apache-2.0
/** Rules of users: no more than the tenant may have, and a log-in that a shared cluster offers. */
import { proofOf, type ResourceOf, type UserSpec } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { ScramMechanism, StoredResource, StoreSession } from '@kaas/store'
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
  if (isDedicated(owner)) refuseWhatStrimziLacks(spec.authentication)
  if (stored !== undefined) return
  const { count } = await session.countOfTenant('User', tenant)
  if (count < limits.users) return
  throw new KaasError('limit-exceeded', {
    message: `The tenant "${tenant}" has all of its ${limits.users} users already.`,
    help: 'Delete users that are not needed, or raise spec.workload.users of the tenant.',
  })
}

function refuseWhatStrimziLacks(authentication: UserSpec['authentication']): void {
  if (authentication === 'scram-sha-512' || authentication === 'tls') return
  throw new KaasError('not-supported', {
    message: `Strimzi, which runs Kafka of this tenant, does not offer ${authentication}.`,
    help: 'Use authentication: scram-sha-512 or tls.',
    fields: [{ path: 'spec.authentication', message: 'Must be scram-sha-512 or tls.' }],
  })
}

/** The mechanism of a log-in by password, in Kafka's spelling; undefined for users who have none. */
export function scramMechanismOf(authentication: UserSpec['authentication']): ScramMechanism | undefined {
  return proofOf(authentication) === undefined ? (authentication.toUpperCase() as ScramMechanism) : undefined
}
