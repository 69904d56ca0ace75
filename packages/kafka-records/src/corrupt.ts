// SPDX-License-Identifier: Apache-2.0
/** The one failure of this package: bytes that are not what they claim to be. */
import { KaasError } from '@kaas/errors'

/** A `frame-corrupt` failure that says where. */
export function corrupt(message: string, cause?: unknown): KaasError {
  return new KaasError('frame-corrupt', {
    message,
    help: 'Check the disks of the brokers; a producer that writes its own batches can be the reason too.',
    ...(cause === undefined ? {} : { cause }),
  })
}
