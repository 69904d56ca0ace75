// SPDX-License-Identifier: Apache-2.0
/** The step of names as the clients of one tenant meet it, for tests without sockets. */
import type { SnapshotTenant } from '@kaas/domain'
import type { Api, RequestOf, ResponseOf } from '@kaas/kafka-protocol'
import type { Message, StepResult } from '../src/step.ts'
import { createNamesStep } from '../src/steps/names-step.ts'
import { stepContext, type TestContext } from './step-context.ts'

/** Both ways for one tenant. Messages are changed in place, but for their outermost fields. */
export interface NamesOf {
  /** What the broker gets. Throws when the request goes no further. */
  toBroker<A extends Api>(api: A, version: number, request: object, context?: TestContext): RequestOf<A>
  /** What a client gets of an answer to a request that said no names. */
  toClient<A extends Api>(api: A, version: number, response: object): ResponseOf<A>
  /** What a request is answered with that goes no further. */
  answered(api: Api, version: number, request: object): Message
  /** A request and the broker's answer to it. `memory` is that of the connection. */
  throughStep(
    api: Api,
    version: number,
    request: object,
    answer: object,
    memory?: Map<string, unknown>,
  ): { readonly context: TestContext; readonly request: Message; readonly response: Message }
}

const step = createNamesStep()

/** The names of `tenant`. */
export function namesOf(tenant: SnapshotTenant): NamesOf {
  const contextOf = (api: Api, version: number): TestContext => ({ ...stepContext(api, version), tenant })
  const asked = (context: TestContext, message: Message): StepResult => step.request?.(context, message) as StepResult
  return {
    toBroker(api, version, request, context = contextOf(api, version)) {
      const message: Message = { ...request }
      const result = asked(context, message)
      if (result.kind !== 'forward') throw new Error(`${api.name} ends as ${result.kind}.`)
      return message as RequestOf<typeof api>
    },
    toClient(api, version, response) {
      const message: Message = { ...response }
      step.response?.(contextOf(api, version), message)
      return message as ResponseOf<typeof api>
    },
    answered(api, version, request) {
      const result = asked(contextOf(api, version), { ...request })
      if (result.kind !== 'reply') throw new Error(`${api.name} went on as ${result.kind}.`)
      return result.response
    },
    throughStep(api, version, request, answer, memory = new Map<string, unknown>()) {
      const context = { ...contextOf(api, version), memory }
      const [message, response]: [Message, Message] = [{ ...request }, { ...answer }]
      asked(context, message)
      step.response?.(context, response)
      return { context, request: message, response }
    },
  }
}
