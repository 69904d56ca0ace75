// SPDX-License-Identifier: Apache-2.0
/** What a client is told when a question of the gateway's own went wrong: never how the gateway logs in. */
import { asKaasError, KINDS, toKafka } from '@kaas/errors'
import { ERROR_CODES } from '@kaas/kafka-protocol'

/** Why a request is not done, as a response says it. */
export interface Failure {
  readonly errorCode: number
  readonly errorMessage: string
}

/** The failure to answer with: one that clients retry when a later try can help. */
export function serviceFailure(thrown: unknown): Failure {
  const error = asKaasError(thrown)
  if (!KINDS[error.kind].retriable) {
    return {
      errorCode: ERROR_CODES.UNKNOWN_SERVER_ERROR,
      errorMessage: 'The gateway cannot administer this cluster. Tell the operator of the platform.',
    }
  }
  return { errorCode: toKafka(error), errorMessage: 'The gateway cannot reach the cluster to check this. Try again.' }
}
