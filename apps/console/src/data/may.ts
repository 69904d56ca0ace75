// SPDX-License-Identifier: Apache-2.0
/**
 * What a person may do, as far as the console needs it to show or hide: the server's own decision, over the grants that the session
 * told. The server decides again; this only spares people buttons that would be refused.
 */
import { decidingGrant, givesRight } from '@kaas/domain'
import type { SessionAnswer } from '@kaas/http-contract'

/** A verb on a kind: `{ verb: 'write', kind: 'Topic' }`. Kinds are those of rights: resources and views such as `Message`. */
export interface Right {
  readonly verb: SessionAnswer['grants'][number]['rules'][number]['verbs'][number]
  readonly kind: string
}

/** Where: a tenant with the team that owns it, a team, or anywhere when absent. `{}` is the platform. */
export interface Place {
  readonly tenant?: string
  readonly team?: string
}

/**
 * Whether one of the grants gives the right there. Without a place: whether there is any place. While the team of a tenant is not
 * known yet, every right of a team counts.
 */
export function mayDo({ grants }: Pick<SessionAnswer, 'grants'>, right: Right, place?: Place): boolean {
  if (place === undefined) return grants.some((grant) => givesRight(grant, right))
  if (decidingGrant(grants, { ...right, ...place }) !== undefined) return true
  const isOpen = place.tenant !== undefined && place.team === undefined
  return isOpen && grants.some((grant) => grant.scope !== 'platform' && 'team' in grant.scope && givesRight(grant, right))
}
