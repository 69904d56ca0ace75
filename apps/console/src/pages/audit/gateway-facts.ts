// SPDX-License-Identifier: Apache-2.0
/** What gateways add to their records: how often, when, and by what. Pure. */
import { counted } from '../../format/numbers.ts'

/** The facts, in words; of a record that no gateway wrote, none. Times stay as they are. */
export function gatewayFacts(after: unknown): {
  readonly times?: string
  readonly first?: string
  readonly last?: string
  readonly by?: string
  readonly gateway?: string
} {
  if (typeof after !== 'object' || after === null || !('gateway' in after)) return {}
  const { gateway, count, first, last, mechanism, api } = after as Readonly<Record<string, unknown>>
  const by = [mechanism, api].filter((each) => typeof each === 'string').join(' · ')
  return {
    ...(typeof gateway === 'string' && { gateway }),
    ...(typeof count === 'number' && { times: counted(count, 'time') }),
    ...(typeof first === 'string' && { first }),
    ...(typeof last === 'string' && { last }),
    ...(by !== '' && { by }),
  }
}
