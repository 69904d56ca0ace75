// SPDX-License-Identifier: Apache-2.0
/** Gives a cluster the user that keeps its SCRAM users alive across a restart (decision 0009). */
import { randomBytes } from 'node:crypto'
import { SCRAM_GUARD_USER } from '@kaas/domain'
import type { ScramMechanism, StoredResource } from '@kaas/store'
import type { RunContext } from '../run-context.ts'

const ITERATIONS = 4096

/** Sets random bytes as her salted values: no password exists that leads to them. */
export async function guardScramUsers(
  context: RunContext,
  cluster: StoredResource<'KafkaCluster'>,
  mechanisms: readonly ScramMechanism[],
): Promise<void> {
  const access = await context.clusters.enter(cluster.name, cluster.spec, true)
  await access.admin.upsertScramCredentials(
    mechanisms.map((mechanism) => ({
      user: SCRAM_GUARD_USER,
      mechanism,
      iterations: ITERATIONS,
      salt: randomBytes(24),
      saltedPassword: randomBytes(mechanism === 'SCRAM-SHA-256' ? 32 : 64),
    })),
  )
  access.leave()
}
