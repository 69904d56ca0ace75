// SPDX-License-Identifier: Apache-2.0
/**
 * The words in which messages are described. A field is an immutable value: its shape, the versions that have it, whether null
 * is allowed, its tag, its fallback, and what its text names. Each modifier returns a new field. The order of fields in an
 * object is the order on the wire. Types of messages are inferred from descriptions; nothing here reads or writes bytes.
 */
import type { Mark, NameKind } from './marks.ts'

/** The primitive types of the protocol. `records` are record batches, carried as bytes. */
export type PrimitiveType =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'int64'
  | 'float64'
  | 'string'
  | 'uuid'
  | 'bytes'
  | 'records'

/** What a field holds. Null is a property of the field, not of the shape. */
export type Shape =
  | { readonly kind: 'primitive'; readonly type: PrimitiveType; readonly mark: Mark | undefined }
  | { readonly kind: 'array'; readonly element: Shape }
  | { readonly kind: 'struct'; readonly fields: Fields }

/** Everything known about a field. Version ranges include both ends; `until` is Infinity for "and later". */
export interface FieldSpec {
  readonly shape: Shape
  readonly since: number
  readonly until: number
  /** The first version in which null is allowed; Infinity when it never is. */
  readonly nullableSince: number
  readonly tag: number | undefined
  readonly ignorable: boolean
  /** Whether a writer must give a value. */
  readonly required: boolean
  /** What a version without the field reads as, and what is written when the field is left out. Frozen and shared. */
  readonly fallback: unknown
}

/** A field that reads as `T` and is written from `Input`. `Optional` says that whoever writes may leave it out. */
export interface Field<T, Input = T, Optional extends boolean = boolean> {
  readonly spec: FieldSpec
  /** Carry the types and have no value. */
  readonly types?: { readonly read: T; readonly input: Input; readonly optional: Optional }
  /** The first version that has the field. */
  since(version: number): Field<T, Input, true>
  /** The last version that has the field. */
  until(version: number): Field<T, Input, true>
  /** Null is allowed from this version on and is something a sender says: a field left out is empty, not null. */
  nullable(since?: number): Field<T | null, Input | null, Optional>
  /** Null is allowed from this version on, and is what a field left out reads as. */
  orNull(since?: number): Field<T | null, Input | null, true>
  /** What a field left out reads as, where that is not zero, false or empty. */
  or(fallback: T): Field<T, Input, true>
  /** Carried in the tagged section under this number, and only when it differs from the fallback (KIP-482). */
  tag(tag: number): Field<T, Input, true>
  /** Dropped silently when a version lacks it. Without this, writing anything but the fallback there throws. */
  ignorable(): Field<T, Input, Optional>
  /** The text names a thing whose kind a neighbour in the same object decides: `kinds` maps its value to the kind. */
  dependsOn(neighbour: string, kinds: Readonly<Record<string | number, NameKind>>): Field<T, Input, Optional>
  /** The text or bytes name things, but what decides how lies outside the object: left to whoever knows it. */
  decidedBy(what: string): Field<T, Input, Optional>
}

/** The fields of a message or struct, in wire order. */
export type Fields = { readonly [name: string]: Field<unknown, unknown, boolean> }

/** Tagged fields that the description does not know are kept under this key and written back unchanged. */
export const UNKNOWN_TAGS: unique symbol = Symbol('unknown tags')

/** A tagged field as bytes. */
export interface UnknownTag {
  readonly tag: number
  readonly bytes: Uint8Array
}

interface Tags {
  [UNKNOWN_TAGS]?: readonly UnknownTag[]
}

type ReadOf<F> = F extends Field<infer T, infer _I, infer _O> ? T : never
type InputOfField<F> = F extends Field<infer _T, infer I, infer _O> ? I : never
type RequiredKeys<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer _T, infer _I, false> ? K : never }[keyof F]

/** What reading gives: every field is present. */
export type MessageOf<F extends Fields> = { -readonly [K in keyof F]: ReadOf<F[K]> } & Tags

/** What writing takes: a field with a fallback may be left out, at any depth. */
export type InputOf<F extends Fields> = { readonly [K in RequiredKeys<F>]: InputOfField<F[K]> } & {
  readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: InputOfField<F[K]> | undefined
} & Readonly<Tags>

const REQUIRED = {
  since: 0,
  until: Number.POSITIVE_INFINITY,
  nullableSince: Number.POSITIVE_INFINITY,
  tag: undefined,
  ignorable: false,
  required: true,
} as const

/** Numbers, truth values and text as the protocol has them; 64-bit numbers are `bigint`. */
export const bool: Field<boolean, boolean, false> = primitive('bool', false)
export const int8: Field<number, number, false> = primitive('int8', 0)
export const int16: Field<number, number, false> = primitive('int16', 0)
export const uint16: Field<number, number, false> = primitive('uint16', 0)
export const int32: Field<number, number, false> = primitive('int32', 0)
export const int64: Field<bigint, bigint, false> = primitive('int64', 0n)
export const float64: Field<number, number, false> = primitive('float64', 0)
export const string: Field<string, string, false> = primitive('string', '')
/** 32 hexadecimal digits in lower case. Kafka's tools print the same bytes in base64url without padding. */
export const uuid: Field<string, string, false> = primitive('uuid', '0'.repeat(32))
export const bytes: Field<Buffer, Uint8Array, false> = primitive('bytes', Buffer.alloc(0))
/** Record batches as they are on the wire: a slice of the frame that was read. */
export const records: Field<Buffer, Uint8Array, false> = primitive('records', Buffer.alloc(0))

/** Texts, ids and numbers that stand for something: on the wire the plain type, and a mark for whoever must find them. */
export const topicName: Field<string, string, false> = primitive('string', '', named('topic'))
export const groupId: Field<string, string, false> = primitive('string', '', named('group'))
export const transactionalId: Field<string, string, false> = primitive('string', '', named('transactionalId'))
export const userName: Field<string, string, false> = primitive('string', '', named('user'))
export const principal: Field<string, string, false> = primitive('string', '', named('principal'))
export const topicRegex: Field<string, string, false> = primitive('string', '', named('topicRegex'))
export const transactionalIdRegex: Field<string, string, false> = primitive('string', '', named('transactionalIdRegex'))
export const errorText: Field<string, string, false> = primitive('string', '', named('errorText'))
export const topicId: Field<string, string, false> = primitive('uuid', '0'.repeat(32), { kind: 'topicId' })
export const host: Field<string, string, false> = primitive('string', '', { kind: 'host' })
export const brokerId: Field<number, number, false> = primitive('int32', 0, { kind: 'brokerId' })
/** A bit set of the operations that the caller may do; the fallback means that it was not asked for. */
export const authorizedOperations: Field<number, number, true> = int32.or(-2147483648)
export const producerId: Field<bigint, bigint, false> = primitive('int64', 0n, { kind: 'producerId' })

/** What a coordinator key names, by key type. Type 2 is `group:topicId:partition`, which begins with a group id. */
export const COORDINATOR_KEYS = { 0: 'group', 1: 'transactionalId', 2: 'group' } as const
/** What a config resource names, by its type. Brokers (4), broker loggers (8) and client metrics (16) belong to no tenant. */
export const CONFIG_RESOURCES = { 2: 'topic', 32: 'group' } as const
/** What an ACL resource names, by its type. Clusters (4) and delegation tokens (6) are named by no tenant. */
export const ACL_RESOURCES = { 2: 'topic', 3: 'group', 5: 'transactionalId', 7: 'principal' } as const

/** Values that stand for "no bound" in some fields. */
export const MAX_INT32 = 0x7fffffff
export const MAX_INT64 = 0x7fffffffffffffffn

/** Fields one after the other, with a tagged section of its own in flexible versions. */
export function struct<F extends Fields>(fields: F): Field<MessageOf<F>, InputOf<F>, false> {
  return field({ ...REQUIRED, shape: { kind: 'struct', fields }, fallback: fallbackOf(fields) })
}

/** A list of one kind of value, or of structs with the given fields. */
export function array<T, I>(element: Field<T, I, boolean>): Field<T[], readonly I[], false>
export function array<F extends Fields>(fields: F): Field<MessageOf<F>[], readonly InputOf<F>[], false>
export function array(element: Field<unknown> | Fields): Field<unknown[], readonly unknown[], false> {
  const shape: Shape = isField(element) ? element.spec.shape : { kind: 'struct', fields: element }
  return field({ ...REQUIRED, shape: { kind: 'array', element: shape }, fallback: Object.freeze([]) })
}

/** An object with the fallback of each field, frozen: what a left-out struct reads as. */
export function fallbackOf(fields: Fields): Readonly<Record<string, unknown>> {
  return Object.freeze(Object.fromEntries(Object.entries(fields).map(([name, { spec }]) => [name, spec.fallback])))
}

function primitive<T>(type: PrimitiveType, fallback: T, mark?: Mark): Field<T, never, false> {
  return field({ ...REQUIRED, shape: { kind: 'primitive', type, mark }, fallback })
}

function named(name: NameKind): Mark {
  return { kind: 'name', name }
}

/** The modifiers. The types of what they return are stated by `Field`; the values are plain specs. */
function field<T, I, O extends boolean>(spec: FieldSpec): Field<T, I, O> {
  const changed = (change: Partial<FieldSpec>): Field<never, never, never> => field({ ...spec, ...change })
  return {
    spec,
    since: (version) => changed({ since: version, required: false }),
    until: (version) => changed({ until: version, required: false }),
    nullable: (since = spec.since) => changed({ nullableSince: since }),
    orNull: (since = spec.since) => changed({ nullableSince: since, fallback: null, required: false }),
    or: (fallback) => changed({ fallback, required: false }),
    tag: (tag) => changed({ tag, required: false }),
    ignorable: () => changed({ ignorable: true }),
    dependsOn: (neighbour, kinds) => changed({ shape: marked(spec.shape, { kind: 'dependsOn', neighbour, kinds }) }),
    decidedBy: (what) => changed({ shape: marked(spec.shape, { kind: 'decidedBy', what }) }),
  }
}

function marked(shape: Shape, mark: Mark): Shape {
  switch (shape.kind) {
    case 'primitive':
      return { ...shape, mark }
    case 'array':
      return { ...shape, element: marked(shape.element, mark) }
    case 'struct':
      throw new TypeError('A struct names nothing itself; mark its fields.')
  }
}

function isField(value: Field<unknown> | Fields): value is Field<unknown> {
  return 'spec' in value && 'shape' in value.spec
}
