// SPDX-License-Identifier: Apache-2.0
/** Whole frames to begin from: requests and responses of every API and version that the gateway takes, each with its own names. */
import { APIS, type Api, encodeRequest, encodeResponse, type NameKind } from '@kaas/kafka-protocol'
import fc from 'fast-check'
import { claimOf } from '../../src/steps/api-claims.ts'
import { randomMessage } from '../random-message.ts'

/** The frames of one API and version; each begins with its length. */
export interface SeedFrames {
  readonly api: Api
  readonly version: number
  readonly requests: readonly Buffer[]
  readonly responses: readonly Buffer[]
}

const FRAMES_EACH = 12
const word = fc.stringMatching(/^[a-z][a-z._-]{0,8}$/)

/** Seeds of all claimed APIs and versions; the same for the same `seed`. */
export function seedFrames(seed: number): readonly SeedFrames[] {
  return APIS.flatMap((api) => {
    const claim = claimOf(api.key)
    if (claim === undefined || claim.decision === 'refuse') return []
    const first = Math.max(claim.min, api.versions[0])
    const last = Math.min(claim.max, api.versions[1])
    return Array.from({ length: last - first + 1 }, (_, index) => framesOf(api, first + index, seed))
  })
}

function framesOf(api: Api, version: number, seed: number): SeedFrames {
  const sample = (fields: Api['request'], name: typeof asked) =>
    fc.sample(randomMessage(fields, version, name), { numRuns: FRAMES_EACH, seed })
  const header = { correlationId: 7, clientId: 'fuzz' }
  return {
    api,
    version,
    requests: sample(api.request, asked).map((message) => encodeRequest(api, version, header, message as never)),
    responses: sample(api.response, answered).map((message) => encodeResponse(api, version, 7, message as never)),
  }
}

/** As a client says it, wherever it may lead. */
function asked(kind: NameKind): fc.Arbitrary<string> {
  switch (kind) {
    case 'topicRegex':
    case 'transactionalIdRegex':
      return fc.constantFrom('', '.*', 'a|b', '(?i)pay.*', 'x)|(?:shop\\..*', '[)(]+')
    case 'principal':
      return fc.oneof(
        fc.constant('User:*'),
        word.map((name) => `User:${name}`),
      )
    default:
      return fc.oneof(
        fc.constant(''),
        word,
        word.map((name) => `shop.${name}`),
      )
  }
}

/** As a broker would say it without any rights: own names and those of others. */
function answered(kind: NameKind): fc.Arbitrary<string> {
  const name = fc.constantFrom('orders.', 'shop.', '').chain((prefix) => word.map((rest) => `${prefix}${rest}`))
  return kind === 'principal' ? name.map((each) => `User:${each}`) : name
}
