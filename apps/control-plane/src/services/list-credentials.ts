// SPDX-License-Identifier: Apache-2.0
/** The valid passwords of a user: when they were made and on which mechanisms they work. Never their values. */
import type { CredentialAnswer } from '@kaas/http-contract'
import type { ResourceKey } from '@kaas/store'
import { absentError } from './resource-paths.ts'
import type { ServiceParts } from './service-parts.ts'

/** Newest first. Throws `resource-absent` when there is no such user. */
export async function listCredentials(
  { store }: ServiceParts,
  key: ResourceKey<'User'>,
): Promise<readonly CredentialAnswer[]> {
  if ((await store.loadResource(key)) === undefined) throw absentError(key)
  const [summaries, entries] = [await store.listCredentials(key), await store.loadScramEntries(key)]
  return summaries.map(({ id, mechanism, createdAt }) => ({
    id,
    mechanism,
    mechanisms: entries.filter((entry) => entry.credentialId === id).map((entry) => entry.mechanism),
    createdAt: createdAt.toISOString(),
  }))
}
