// SPDX-License-Identifier: Apache-2.0
/** Which sessions somebody may see or end: her own, and with rights on Session everybody's. */
import { decidingGrant, type Grant, type Verb } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { SessionRecord } from '@kaas/store'
import type { Rights } from '../rights/rights.ts'
import type { Principal } from '../routes/principal.ts'
import { type Actor, auditOf } from '../services/actor.ts'
import type { SignInParts } from './sign-in-parts.ts'

/** Her own; those of `person`, or with `*` of everybody, need read on Session. Throws `not-allowed`. */
export async function listSessions(
  { store, config }: SignInParts,
  rights: Rights,
  principal: Principal,
  person: string | undefined,
): Promise<readonly SessionRecord[]> {
  if (person === undefined || person === principal.name) return await store.listSessions(config.sessionIdle, principal.name)
  if ((await grantFor(rights, principal, 'read')) === undefined) {
    throw new KaasError('not-allowed', {
      message: 'You may see your own sessions only.',
      help: 'Those of others are for people who may read Session on the platform.',
    })
  }
  return await store.listSessions(config.sessionIdle, person === '*' ? undefined : person)
}

/** Ends one at once. Throws `resource-absent` for one that is not hers to see, `not-allowed` for one that is not hers to end. */
export async function endSession(
  { store, config }: SignInParts,
  rights: Rights,
  principal: Principal,
  actor: Actor,
  id: string,
): Promise<void> {
  const session = await store.loadSession(id, config.sessionIdle)
  const isHers = session?.person === principal.name
  const grant = session === undefined || isHers ? undefined : await grantFor(rights, principal, 'delete')
  if (session === undefined || !(isHers || grant !== undefined)) throw await refusal(rights, principal, session, id)
  const by = grant === undefined ? actor : { ...actor, role: grant.role, binding: grant.binding }
  const action = principal.sessionId === id ? 'sign-out' : 'end-session'
  await store.transaction(async (open) => {
    await open.endSession(id)
    await open.saveAudit({ ...auditOf(by, action, `/v1/sessions/${id}`), before: { person: session.person } })
  })
}

async function grantFor(rights: Rights, principal: Principal, verb: Verb): Promise<Grant | undefined> {
  return decidingGrant((await rights.callerOf(principal)).grants, { verb, kind: 'Session' })
}

async function refusal(
  rights: Rights,
  principal: Principal,
  session: SessionRecord | undefined,
  id: string,
): Promise<KaasError> {
  if (session !== undefined && (await grantFor(rights, principal, 'read')) !== undefined) {
    return new KaasError('not-allowed', {
      message: `You may see the session of ${session.person}, but not end it.`,
      help: 'It takes delete on Session on the platform.',
    })
  }
  return new KaasError('resource-absent', {
    message: `There is no open session "${id}".`,
    help: 'It may have ended already.',
  })
}
