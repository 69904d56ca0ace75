// SPDX-License-Identifier: Apache-2.0
/** The log-in of a client whose certificate has said who it is: there is no SASL, the broker's side begins when TLS is up. */
import { tenantOf } from '@kaas/domain'
import { type Identity, isExternalUser, type LoginSupport, refuseEvenly } from './log-in.ts'
import { logInByToken, TOKEN_MECHANISM } from './token-login.ts'

/** Who a verified certificate says it is. */
export interface CertifiedUser {
  /** The full name `<tenant>.<name>`, by the listener's rules. */
  readonly user: string
  /** When the certificate ends. */
  readonly endsAtMs: number
}

/** Throws `credentials-wrong` for a name that no user with a certificate has here, and what logInByToken throws. */
export async function logInByCertificate(
  { user, endsAtMs }: CertifiedUser,
  support: Omit<LoginSupport, 'before' | 'authenticateVersion'>,
): Promise<Identity> {
  const tenant = support.tenantNamed(tenantOf(user) ?? '')
  if (tenant === undefined || !isExternalUser(tenant, user, 'certificate')) return refuseEvenly(Date.now())
  // Such a client cannot log in again, so the broker must not ask it to: version 0 has no session lifetime.
  await logInByToken({ ...support, authenticateVersion: 0 }, tenant, user)
  return { user, tenant, brokerMechanism: TOKEN_MECHANISM, proof: { kind: 'certificate', endsAtMs } }
}
