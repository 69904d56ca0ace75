// SPDX-License-Identifier: Apache-2.0
/**
 * Holds the limits of a tenant for Kafka clients as the API does for its own: partitions and retention. Works on physical names, so
 * it stands behind the names in the pipeline. What goes beyond a limit gets POLICY_VIOLATION with the limit in the message;
 * the rest of the same request goes on. Where a limit cannot be checked, nothing is done, and clients are told to try again.
 */
import {
  type Api,
  alterConfigs,
  createPartitions,
  createTopics,
  deleteTopics,
  ERROR_CODES,
  incrementalAlterConfigs,
  metadata,
  type RequestOf,
  type ResponseOf,
  streamsGroupHeartbeat,
} from '@kaas/kafka-protocol'
import type { Message, Step, StepContext, StepResult } from '../step.ts'
import { isOffered } from './api-claims.ts'
import { limitAlterConfigs, limitIncrementalAlterConfigs } from './limits/limit-configs.ts'
import { limitCreatePartitions } from './limits/limit-create-partitions.ts'
import { limitCreateTopics } from './limits/limit-create-topics.ts'
import { limitStreamsTopology } from './limits/limit-streams-topology.ts'
import { forbidAutomaticTopics } from './limits/no-automatic-topics.ts'
import { RecentTopics } from './limits/recent-topics.ts'
import type { Refusal } from './limits/refusal.ts'
import { serviceFailure } from './service-failure.ts'

const NOTE = 'limits'
const UNCHANGED: StepResult = { kind: 'forward', unchanged: true }

/** How one API is limited. */
interface Limiter {
  readonly apiKey: number
  request?(context: StepContext, message: Message): StepResult | Promise<StepResult>
  response?(context: StepContext, message: Message): void
}

/** The step that holds limits. It remembers for half a minute which topics it let pass. */
export function createLimitsStep(): Step {
  const limiters = new Map(limitersWith(new RecentTopics()).map((limiter) => [limiter.apiKey, limiter]))
  return {
    name: NOTE,
    wants: (apiKey, apiVersion) => {
      const limiter = isOffered(apiKey, apiVersion) ? limiters.get(apiKey) : undefined
      return { request: limiter?.request !== undefined, response: limiter?.response !== undefined }
    },
    request: (context, message) => limiters.get(context.apiKey)?.request?.(context, message) ?? UNCHANGED,
    response: (context, message) => limiters.get(context.apiKey)?.response?.(context, message),
  }
}

function limitersWith(recent: RecentTopics): readonly Limiter[] {
  return [
    limiter(metadata, { request: forbidAutomaticTopics }),
    listLimiter(createTopics, 'topics', 'topics', {
      limit: (context, request) => limitCreateTopics(context, request, recent),
      answered: (context, response) => forget(recent, context, response.topics, (errorCode) => errorCode !== 0),
    }),
    listLimiter(createPartitions, 'topics', 'results', {
      limit: (context, request) => limitCreatePartitions(context, request, recent),
      answered: (context, response) => forget(recent, context, response.results, (errorCode) => errorCode !== 0),
    }),
    limiter(deleteTopics, {
      response: (context, response) => forget(recent, context, response.responses, (errorCode) => errorCode === 0),
    }),
    limiter(streamsGroupHeartbeat, { request: (context, request) => limitStreamsTopology(context, request, recent) }),
    listLimiter(alterConfigs, 'resources', 'responses', { limit: limitAlterConfigs }),
    listLimiter(incrementalAlterConfigs, 'resources', 'responses', { limit: limitIncrementalAlterConfigs }),
  ]
}

/** The type of the API forgotten: messages that reach a step are of the API that the context says. */
function limiter<A extends Api>(
  api: A,
  hooks: {
    request?(context: StepContext, request: RequestOf<A>): StepResult | Promise<StepResult>
    response?(context: StepContext, response: ResponseOf<A>): void
  },
): Limiter {
  return { apiKey: api.key, ...(hooks as Omit<Limiter, 'apiKey'>) }
}

/** Takes single things out of the list of a request, and puts their refusals into the list of the response. */
function listLimiter<A extends Api>(
  api: A,
  requestList: string & keyof RequestOf<A>,
  responseList: string & keyof ResponseOf<A>,
  hooks: {
    limit(context: StepContext, request: RequestOf<A>): Promise<readonly Refusal[]>
    answered?(context: StepContext, response: ResponseOf<A>): void
  },
): Limiter {
  return {
    apiKey: api.key,
    async request(context, message) {
      const asked = message[requestList] as readonly Thing[]
      const refusals = await hooks.limit(context, message as RequestOf<A>).catch((error: unknown) => {
        message[requestList] = []
        return asked.map((thing) => ({ ...identityOf(thing), ...serviceFailure(error) }))
      })
      const beyond = refusals.find(({ errorCode }) => errorCode === ERROR_CODES.POLICY_VIOLATION)
      if (beyond !== undefined) context.noteRefusal('limit-exceeded', beyond.errorMessage ?? '')
      if ((message[requestList] as readonly Thing[]).length === 0) {
        return { kind: 'reply', response: { throttleTimeMs: 0, [responseList]: refusals } }
      }
      context.notes.set(NOTE, refusals)
      return { kind: 'forward' }
    },
    response(context, message) {
      hooks.answered?.(context, message as ResponseOf<A>)
      const list = message[responseList] as unknown[]
      list.push(...((context.notes.get(NOTE) ?? []) as readonly Refusal[]))
    },
  }
}

/** What a list of any of these requests holds. */
type Thing = Readonly<Record<string, unknown>>

function identityOf({ name, resourceType, resourceName }: Thing): Thing {
  return name === undefined ? { resourceType, resourceName } : { name }
}

function forget(
  recent: RecentTopics,
  context: StepContext,
  topics: readonly { readonly name: string | null; readonly errorCode: number }[],
  isGone: (errorCode: number) => boolean,
): void {
  for (const { name, errorCode } of topics) {
    if (name !== null && isGone(errorCode)) recent.forget(context.tenant.name, name)
  }
}
