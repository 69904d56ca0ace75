// SPDX-License-Identifier: Apache-2.0
/** Why client connections end, as errors for the log and the counts. Endings that have a more exact reason bring their own. */
import { KaasError } from '@kaas/errors'

/** The client closed, or its network did. */
export function clientLeft(cause: Error | undefined): KaasError {
  const why = cause === undefined ? 'it closed the connection' : cause.message
  return new KaasError('cancelled-by-caller', { message: `The client left: ${why}.` })
}

/** The gateway is told to stop. */
export function goingAway(): KaasError {
  return new KaasError('cancelled-by-caller', { message: 'The gateway is stopping.' })
}

/** A deadline of `deadlines.ts` has passed. */
export function tooSlow(why: string): KaasError {
  return new KaasError('wait-timeout', { message: `The client was closed: ${why}.` })
}

/** More connections of a tenant came at a time than it may open. Nothing is answered: clients try that again, which they do not after a refusal. */
export function tooManyNew(tenant: string): KaasError {
  return new KaasError('limit-exceeded', {
    message: `Tenant "${tenant}" opens more connections a second than it ordered; this one waited for its turn in vain.`,
    help: 'Let clients keep their connections, or order more new connections a second for the tenant.',
  })
}

/** A request that needs a log-in came without one, or out of order. */
export function beforeLogIn(): KaasError {
  return new KaasError('credentials-missing', {
    message: 'A request came that is not possible before the log-in.',
    help: 'Set security.protocol=SASL_SSL and a mechanism in the client.',
  })
}

/** The certificate or the bearer token that said who the client is has ended. */
export function proofEnded(): KaasError {
  return new KaasError('credentials-wrong', {
    message: 'The certificate or token with which the client logged in has ended.',
    help: 'Renew it; clients with bearer tokens log in again by themselves before that.',
  })
}
