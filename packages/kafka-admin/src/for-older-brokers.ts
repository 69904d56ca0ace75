// SPDX-License-Identifier: Apache-2.0
/** What newer brokers do better: asked first, and in another way where they are older. */
import { KaasError } from '@kaas/errors'

/** The answer of `newer`, or of `older` when a broker lacks the API or the version that `newer` needs. Other errors are thrown. */
export async function orForOlderBrokers<T>(newer: () => Promise<T>, older: () => Promise<T>): Promise<T> {
  try {
    return await newer()
  } catch (error) {
    if (!(error instanceof KaasError) || error.code !== 'not-supported') throw error
    return older()
  }
}
