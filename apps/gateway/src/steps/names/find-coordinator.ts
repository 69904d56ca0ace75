// SPDX-License-Identifier: Apache-2.0
/**
 * Trap: what a key of FindCoordinator names depends on the key type, and the answer (from v4 on) repeats keys without the type. The
 * coordinator follows from a hash of the physical name, so the key must be renamed exactly as in all later requests. Share keys
 * (type 2, KIP-932) are asked for by brokers only: a share consumer asks for its group.
 */
import { ERROR_CODES, findCoordinator, type RequestOf, type ResponseInput } from '@kaas/kafka-protocol'
import { reply } from '../reply.ts'
import { TRAP_NOTE, type Trap, trap } from './trap.ts'

const KINDS = { 0: 'group', 1: 'transactionalId' } as const
type KeyType = keyof typeof KINDS

/** First version that asks for several keys at once (KIP-699). */
const BATCHED_SINCE = 4

export const findCoordinatorTrap: Trap = trap(findCoordinator, {
  check(_view, request, context) {
    if (request.keyType in KINDS) return undefined
    return reply(findCoordinator, refusal(request, context.apiVersion))
  },
  request(_view, request, context) {
    context.notes.set(TRAP_NOTE, request.keyType)
  },
  response(view, response, context, dropped) {
    const kind = KINDS[context.notes.get(TRAP_NOTE) as KeyType]
    response.coordinators = response.coordinators.filter(({ key }) => {
      if (!view.isForeign(kind, key)) return true
      dropped()
      return false
    })
    for (const coordinator of response.coordinators) coordinator.key = view.toLogical(kind, coordinator.key)
  },
})

function refusal(request: RequestOf<typeof findCoordinator>, apiVersion: number): ResponseInput<typeof findCoordinator> {
  const nowhere = {
    errorCode: ERROR_CODES.INVALID_REQUEST,
    errorMessage: `Key type ${request.keyType} is not for clients: ask for a group (0) or a transactional id (1).`,
    nodeId: -1,
    host: '',
    port: -1,
  }
  const coordinators = request.coordinatorKeys.map((key) => ({ ...nowhere, key }))
  return apiVersion < BATCHED_SINCE ? nowhere : { coordinators }
}
