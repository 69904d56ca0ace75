// SPDX-License-Identifier: Apache-2.0
/** Properties of the name view that hold for every API and version that the gateway maps, whatever a message holds. */
import { APIS, type Api, encodeResponse, type NameKind, rewriteNames } from '@kaas/kafka-protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomMessage } from '../../test/random-message.ts'
import { stepContext, TENANT } from '../../test/step-context.ts'
import { claimOf } from './api-claims.ts'
import { nameViewOf } from './names/name-view.ts'
import { createNamesStep } from './names-step.ts'

const RUNS = { numRuns: 25 }
const view = nameViewOf(TENANT)
const step = createNamesStep()
const word = fc.stringMatching(/^[a-z][a-z._-]{0,8}$/)

test('what reaches the broker and comes back is what the client said, for every mapped API, version and direction', () => {
  for (const { api, version } of mapped()) {
    for (const direction of ['request', 'response'] as const) {
      const message = randomMessage(api[direction], version, ownName)
      fc.assert(
        fc.property(message, (original) => {
          const travelling = structuredClone(original)
          rewriteNames(api, version, direction, travelling, view.toPhysical)
          rewriteNames(api, version, direction, travelling, view.toLogical)
          expect(travelling).toEqual(structuredClone(original))
        }),
        RUNS,
      )
    }
  }
})

test('of an answer full of foreign names not one byte of them is left, for every mapped API and version', () => {
  for (const { api, version } of mapped()) {
    if (!step.wants(api.key, version).response) continue
    fc.assert(
      fc.property(randomMessage(api.response, version, anyName), (response) => {
        const context = stepContext(api, version)
        if (api.name === 'FindCoordinator') context.notes.set('names', 0)
        step.response?.(context, response)
        const bytes = encodeResponse(api, version, 1, response as never)
        expect(bytes.includes('shop.')).toBe(false)
      }),
      RUNS,
    )
  }
})

test('every name that the broker gets from a client begins with the prefix of its tenant', () => {
  for (const { api, version } of mapped()) {
    fc.assert(
      fc.property(randomMessage(api.request, version, anyName), (request) => {
        rewriteNames(api, version, 'request', request, view.toPhysical)
        rewriteNames(api, version, 'request', request, (kind, name) => {
          if (name !== '') expect(name, kind).toMatch(/^(User:)?orders(\\)?\./)
          return name
        })
      }),
      RUNS,
    )
  }
})

function mapped(): readonly { readonly api: Api; readonly version: number }[] {
  return APIS.flatMap((api) => {
    const claim = claimOf(api.key)
    if (claim?.decision !== 'map') return []
    return Array.from({ length: claim.max - claim.min + 1 }, (_, index) => ({ api, version: claim.min + index }))
  })
}

function ownName(kind: NameKind): fc.Arbitrary<string> {
  switch (kind) {
    case 'principal':
      return word.map((name) => `User:${name}`)
    case 'topicRegex':
    case 'transactionalIdRegex':
      return fc.constantFrom('', '.*', 'a|b', '(?i)pay.*', 'x\\.y', '[)(]+')
    case 'errorText':
      return fc.constantFrom('', 'Something went wrong.')
    default:
      return fc.oneof(fc.constant(''), word)
  }
}

/** As a broker says it without ACLs. */
function anyName(kind: NameKind): fc.Arbitrary<string> {
  switch (kind) {
    case 'errorText':
      return fc.constantFrom('', 'Something went wrong with orders.payments.')
    case 'topicRegex':
    case 'transactionalIdRegex':
      return fc.constantFrom('shop\\..*', 'orders\\.(?:a)', 'shop.*')
    default:
      return fc
        .oneof(
          word,
          word.map((name) => `orders.${name}`),
          word.map((name) => `shop.${name}`),
        )
        .map((name) => (kind === 'principal' ? `User:${name}` : name))
  }
}
