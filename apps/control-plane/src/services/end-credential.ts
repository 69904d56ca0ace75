// SPDX-License-Identifier: Apache-2.0
/** Ends one password of a user. */
import { KaasError } from '@kaas/errors'
import type { CredentialAnswer } from '@kaas/http-contract'
import type { ResourceKey } from '@kaas/store'
import { type Actor, auditOf } from './actor.ts'
import { listCredentials } from './list-credentials.ts'
import { subjectOf } from './resource-paths.ts'
import type { ServiceParts } from './service-parts.ts'

/** What is valid afterwards. Throws `resource-absent` for an unknown id and `resource-in-use` for the last password. */
export async function endCredential(
  parts: ServiceParts,
  key: ResourceKey<'User'>,
  id: string,
  actor: Actor,
): Promise<readonly CredentialAnswer[]> {
  await parts.store.transaction(async (session) => {
    await session.lockResource(key)
    const valid = await session.listCredentials(key)
    if (!valid.some((credential) => credential.id === id)) {
      throw new KaasError('resource-absent', {
        message: `The user "${key.name}" has no valid password with the id "${id}".`,
        help: `See the valid ones: GET ${subjectOf(key)}/credentials.`,
      })
    }
    if (valid.length === 1) {
      throw new KaasError('resource-in-use', {
        message: `This is the last password of the user "${key.name}".`,
        help: 'Rotate first and end this one then, or delete the user.',
      })
    }
    await session.endCredentials(key, { id })
    await session.saveAudit({ ...auditOf(actor, 'end-credential', subjectOf(key)), before: { credential: id } })
  })
  return await listCredentials(parts, key)
}
