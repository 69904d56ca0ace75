// SPDX-License-Identifier: Apache-2.0
/** Random messages of any API and version, made from its description, with names that a test chooses. */
import type { Fields, Mark, NameKind } from '@kaas/kafka-protocol'
import fc from 'fast-check'

type Spec = Fields[string]['spec']
type Shape = Spec['shape']
type Message = Record<string, unknown>

/** How names of a kind look. Ids and texts that name nothing are not asked for. */
export type RandomName = (kind: NameKind) => fc.Arbitrary<string>

/** Messages in which every field of the version has some value; others have their fallback. */
export function randomMessage(fields: Fields, version: number, name: RandomName): fc.Arbitrary<Message> {
  const values = Object.entries(fields).map(([key, { spec }]) => [key, randomField(spec, version, name)] as const)
  return fc.record(Object.fromEntries(values)).map((message) => nameByNeighbour(fields, version, message))
}

function randomField(spec: Spec, version: number, name: RandomName): fc.Arbitrary<unknown> {
  if (version < spec.since || version > spec.until) return fc.constant(spec.fallback)
  const value = randomValue(spec.shape, version, name)
  return version >= spec.nullableSince ? fc.option(value, { freq: 5, nil: null }) : value
}

function randomValue(shape: Shape, version: number, name: RandomName): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'array':
      return fc.array(randomValue(shape.element, version, name), { maxLength: 3 })
    case 'struct':
      return randomMessage(shape.fields, version, name)
    case 'primitive':
      return randomPrimitive(shape, name)
  }
}

function randomPrimitive(shape: Shape & { kind: 'primitive' }, name: RandomName): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'bool':
      return fc.boolean()
    case 'int8':
      return fc.constantFrom(0, 1, 2, 3, 4, 5, 32)
    case 'int16':
    case 'uint16':
    case 'int32':
      return fc.nat(1000)
    case 'int64':
      return fc.bigInt(-1n, 1n << 40n)
    case 'float64':
      return fc.double({ noNaN: true })
    case 'string':
      return randomText(shape.mark, name)
    case 'uuid':
      return fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'))
    case 'bytes':
    case 'records':
      return fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes))
  }
}

function randomText(mark: Mark | undefined, name: RandomName): fc.Arbitrary<string> {
  if (mark?.kind === 'name') return name(mark.name)
  return mark?.kind === 'dependsOn' ? name('topic') : fc.stringMatching(/^[a-z]{0,6}$/)
}

/** A text whose neighbour says that it names nothing of a tenant is none of its names. */
function nameByNeighbour(fields: Fields, version: number, message: Message): Message {
  for (const [key, { spec }] of Object.entries(fields)) {
    const mark = markOf(spec.shape)
    if (mark?.kind !== 'dependsOn' || message[key] === null || version < spec.since || version > spec.until) continue
    const kind = mark.kinds[message[mark.neighbour] as number]
    if (kind === undefined) message[key] = Array.isArray(message[key]) ? [] : '1'
    if (kind === 'principal') message[key] = ''
  }
  return message
}

function markOf(shape: Shape): Mark | undefined {
  if (shape.kind === 'array') return markOf(shape.element)
  return shape.kind === 'primitive' ? shape.mark : undefined
}
