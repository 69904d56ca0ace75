// SPDX-License-Identifier: Apache-2.0
/** Shares as the tenant sees them that receives them: the documents belong to the owners of the topics, whom it may not see. */
import { SHARE_ACCESS } from '@kaas/domain'
import { z } from 'zod'
import type { CheckedCall } from './call-api.ts'
import type { Route } from './route.ts'

/** A topic of another tenant that is shared with this one, or is offered to it. */
export const receivedShareSchema = z
  .object({
    owner: z.string().describe('The tenant that the topic belongs to'),
    share: z.string().describe('Name of the TopicShare there'),
    topic: z.string().describe('The name of the topic there'),
    as: z.string().describe('The name under which it appears here'),
    access: z.enum(SHARE_ACCESS),
    inForce: z.boolean().describe('Whether users of this tenant can use it now'),
    accepted: z.boolean().describe('False for an offer: spec.acceptSharesFrom of this tenant does not name the owner'),
    message: z.string().describe('How it stands, in a sentence'),
    since: z.string().describe('When it was offered'),
  })
  .meta({ id: 'ReceivedShare' })
export type ReceivedShare = Readonly<z.infer<typeof receivedShareSchema>>

const answer = z.object({ items: z.array(receivedShareSchema) })

/** The route of shares beside those of the kind. */
export const SHARE_ROUTES = {
  receivedShares: {
    id: 'receivedShares',
    method: 'GET',
    path: '/v1/tenants/{tenant}/received-shares',
    summary: 'Topics that other tenants share with this one, or offer to it, the oldest first.',
    access: 'granted',
    right: { verb: 'read', kind: 'TopicShare' },
    params: z.object({ tenant: z.string().min(1) }),
    answers: { 200: answer },
  },
} as const satisfies Record<string, Route>

/** Calls of shares. */
export interface ShareCalls {
  receivedShares(tenant: string): Promise<readonly ReceivedShare[]>
}

/** Binds the calls. */
export function shareCalls(call: CheckedCall): ShareCalls {
  return {
    receivedShares: async (tenant) =>
      (await call(answer, { path: `/v1/tenants/${encodeURIComponent(tenant)}/received-shares` })).items,
  }
}
