// SPDX-License-Identifier: Apache-2.0
/**
 * Traps: regular expressions over names in ConsumerGroupHeartbeat (KIP-848) and ListTransactions (KIP-1152). They are anchored to the
 * prefix while names are renamed; here the ones that no broker would take are answered as Kafka answers them, in the client's
 * own words, and said again when shares change.
 */
import { consumerGroupHeartbeat, ERROR_CODES, listTransactions } from '@kaas/kafka-protocol'
import { reply } from '../reply.ts'
import { KeptExpressions } from './kept-expressions.ts'
import { regexProblem } from './topic-regex.ts'
import { type Trap, trap } from './trap.ts'

/** Key in the memory of a connection. */
const KEPT = 'expressions'

/** A consumer that subscribes by an expression. */
export const consumerGroupHeartbeatTrap: Trap = trap(consumerGroupHeartbeat, {
  check(view, request, context) {
    const regex = request.subscribedTopicRegex
    const problem = regex === null ? undefined : regexProblem(regex)
    if (problem === undefined) {
      request.subscribedTopicRegex = keptIn(context.memory).saidBy(request, view, Date.now())
      return undefined
    }
    const errorMessage = `SubscribedTopicRegex \`${shortened(regex ?? '')}\` is not a valid regular expression: ${problem}.`
    return reply(consumerGroupHeartbeat, {
      throttleTimeMs: 0,
      errorCode: ERROR_CODES.INVALID_REGULAR_EXPRESSION,
      errorMessage,
      memberEpoch: 0,
      heartbeatIntervalMs: 0,
    })
  },
})

/** An administrator who looks for transactional ids by an expression. */
export const listTransactionsTrap: Trap = trap(listTransactions, {
  check(_view, request) {
    const pattern = request.transactionalIdPattern
    if (pattern === null || regexProblem(pattern) === undefined) return undefined
    return reply(listTransactions, {
      throttleTimeMs: 0,
      errorCode: ERROR_CODES.INVALID_REGULAR_EXPRESSION,
      unknownStateFilters: [],
      transactionStates: [],
    })
  },
})

function keptIn(memory: Map<string, unknown>): KeptExpressions {
  const known = memory.get(KEPT)
  if (known instanceof KeptExpressions) return known
  const fresh = new KeptExpressions()
  memory.set(KEPT, fresh)
  return fresh
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
