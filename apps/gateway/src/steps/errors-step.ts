// SPDX-License-Identifier: Apache-2.0
/**
 * Sees what brokers refuse or cannot do, for metrics and the audit log (decision 0030). It changes nothing. An answer that is decoded for
 * another step is looked through; of one that passes as bytes only the code for the whole is read. What a Fetch says of its partitions is
 * told by who walks through it, see `addresses/fetch-endpoints.ts`.
 */
import { type Api, apiOf, errorOffsetOf, type NamedThing, offsetCommit, visitErrors } from '@kaas/kafka-protocol'
import { LENGTH_BYTES } from '../frame-splitter.ts'
import type { Heads, Message, Step, StepContext } from '../step.ts'
import { isOffered } from './api-claims.ts'
import { nameViewOf } from './names/name-view.ts'

const CORRELATION_BYTES = 4
const CODE_BYTES = 2
/** From here on OffsetCommit has neither names nor a code for the whole: it is small and rare enough to be decoded. */
const COMMITS_BY_ID_SINCE = 10

/** The step that sees errors. */
export function createErrorsStep(): Step {
  return {
    name: 'errors',
    wants: (apiKey, apiVersion) => ({
      request: false,
      response: apiKey === offsetCommit.key && apiVersion >= COMMITS_BY_ID_SINCE && isOffered(apiKey, apiVersion),
    }),
    heads(apiKey, apiVersion) {
      const api = apiOf(apiKey)
      return api === undefined ? undefined : headsOf(api, apiVersion)
    },
  }
}

function headsOf(api: Api, version: number): Heads {
  const offset = errorOffsetOf(api, version)
  const decoded = (context: StepContext, message: Message): void => noteErrors(api, version, context, message)
  if (offset === undefined) return { decoded }
  const tagsAt = LENGTH_BYTES + CORRELATION_BYTES
  const isFlexible = version >= api.flexible
  const codeAt = tagsAt + (isFlexible ? 1 : 0) + offset
  return {
    decoded,
    response(context, start) {
      // No broker fills the tags of the header.
      if (start.length < codeAt + CODE_BYTES || (isFlexible && start[tagsAt] !== 0)) return
      const code = start.readInt16BE(codeAt)
      if (code !== 0) context.noteError(code)
    },
  }
}

function noteErrors(api: Api, version: number, context: StepContext, message: Message): void {
  visitErrors(api, version, message, (code, about) => context.noteError(code, nameFor(context, about)))
}

/** As the tenant knows the thing. What is of another tenant has no name here. */
function nameFor(context: StepContext, about: NamedThing | undefined): string | undefined {
  if (about === undefined) return undefined
  const view = nameViewOf(context.tenant)
  return view.isForeign(about.kind, about.name) ? undefined : view.toLogical(about.kind, about.name)
}
