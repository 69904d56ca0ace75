// SPDX-License-Identifier: Apache-2.0
/** Forgets somebody who left. Signing in again makes her known again, with the groups that her provider says then. */
import { KaasError } from '@kaas/errors'
import type { Store } from '@kaas/store'
import { type Actor, auditOf } from '../services/actor.ts'

/** Ends sessions and personal tokens with it. Throws `resource-absent` for who has never signed in. */
export async function forgetPerson(store: Store, actor: Actor, name: string): Promise<void> {
  await store.transaction(async (session) => {
    const person = await session.loadPerson(name)
    if (person === undefined) {
      throw new KaasError('resource-absent', {
        message: `Nobody called "${name}" has signed in.`,
        help: 'GET /v1/people lists who has.',
      })
    }
    await session.removePerson(name)
    const { provider, subject, lastSignInAt } = person
    const before = { provider, subject, lastSignInAt: lastSignInAt.toISOString() }
    await session.saveAudit({ ...auditOf(actor, 'forget-person', `/v1/people/${encodeURIComponent(name)}`), before })
  })
}
