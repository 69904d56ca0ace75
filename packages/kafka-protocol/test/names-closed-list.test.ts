// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest'
import { APIS } from '../src/apis.ts'
import { assignmentFields, subscriptionFields } from '../src/consumer-protocol.ts'
import type { Fields, Shape } from '../src/schema.ts'
import { HARMLESS_NAMES } from './harmless-names.ts'

/** A field whose name matches could carry a tenant's name: it has a mark, or a reason in the list. */
const SUSPICIOUS = /topic|group|transactional|resource|key|principal|name|user|regex|pattern|entity|owner|match|host/i

interface TextField {
  readonly path: string
  readonly name: string
  readonly shape: Shape & { readonly kind: 'primitive' }
}

function textFieldsOf(fields: Fields, path: string): TextField[] {
  return Object.entries(fields).flatMap(([name, { spec }]) => textFieldsIn(spec.shape, name, `${path}.${name}`))
}

function textFieldsIn(shape: Shape, name: string, path: string): TextField[] {
  switch (shape.kind) {
    case 'array':
      return textFieldsIn(shape.element, name, path)
    case 'struct':
      return textFieldsOf(shape.fields, path)
    case 'primitive':
      return shape.type === 'string' || shape.type === 'bytes' ? [{ path, name, shape }] : []
  }
}

const allTexts = [
  ...APIS.flatMap((api) => [
    ...textFieldsOf(api.request, `${api.name}.request`),
    ...textFieldsOf(api.response, `${api.name}.response`),
  ]),
  ...textFieldsOf(subscriptionFields, 'ConsumerSubscription'),
  ...textFieldsOf(assignmentFields, 'ConsumerAssignment'),
]
const undecided = allTexts.filter(({ name, shape }) => SUSPICIOUS.test(name) && shape.mark === undefined)

describe('No field that could carry a name of a tenant is forgotten', () => {
  test('every text or bytes field with a suspicious name is marked, or is on the list with a reason', () => {
    const unexplained = undecided.map(({ path }) => path).filter((path) => HARMLESS_NAMES[path] === undefined)
    expect(unexplained).toEqual([])
  })

  test('the list holds nothing that is marked meanwhile, or no longer there', () => {
    const needed = new Set(undecided.map(({ path }) => path))
    expect(Object.keys(HARMLESS_NAMES).filter((path) => !needed.has(path))).toEqual([])
  })

  test('every field that depends on a neighbour names one that is there, in the same object and in every version', () => {
    const broken = APIS.flatMap((api) =>
      (['request', 'response'] as const).flatMap((direction) =>
        brokenNeighbours(api[direction], `${api.name}.${direction}`),
      ),
    )
    // Version 0 of these has no type: it stands for the only one there was, and its fallback says which.
    expect(broken).toEqual(['FindCoordinator.request.key', 'ListConfigResources.response.configResources.resourceName'])
  })
})

function brokenNeighbours(fields: Fields, path: string): string[] {
  return Object.entries(fields).flatMap(([name, { spec }]) => {
    const element = elementOf(spec.shape)
    if (element.kind === 'struct') return brokenNeighbours(element.fields, `${path}.${name}`)
    if (element.kind !== 'primitive' || element.mark?.kind !== 'dependsOn') return []
    const neighbour = fields[element.mark.neighbour]?.spec
    const isThere = neighbour !== undefined && neighbour.since <= spec.since && neighbour.until >= spec.until
    return isThere ? [] : [`${path}.${name}`]
  })
}

function elementOf(shape: Shape): Shape {
  return shape.kind === 'array' ? elementOf(shape.element) : shape
}
