// SPDX-License-Identifier: Apache-2.0
/**
 * What a person may do, as far as the console needs it to show or hide. The server decides; this only spares people buttons that
 * would be refused.
 */
import type { SessionAnswer } from '@kaas/http-contract'

/** A verb on a kind: `{ verb: 'write', kind: 'Topic' }`. Kinds are those of rights: resources and views such as `Message`. */
export interface Right {
  readonly verb: SessionAnswer['grants'][number]['rules'][number]['verbs'][number]
  readonly kind: string
}

/** Where: a tenant with the team that owns it, a team, or anywhere when absent. */
export interface Place {
  readonly tenant?: string
  readonly team?: string
}

/** Whether one of the grants gives the right there. Without a place: whether there is any place. */
export function mayDo(session: Pick<SessionAnswer, 'grants'>, { verb, kind }: Right, place?: Place): boolean {
  return session.grants.some(
    ({ rules, scope }) =>
      isWithin(scope, place) &&
      rules.some(({ verbs, kinds }) => verbs.includes(verb) && (kinds.includes(kind) || kinds.includes('*'))),
  )
}

function isWithin(scope: SessionAnswer['grants'][number]['scope'], place: Place | undefined): boolean {
  if (place === undefined || scope === 'platform') return true
  if ('team' in scope) return place.team === undefined ? place.tenant !== undefined : scope.team === place.team
  return scope.tenant === place.tenant
}
