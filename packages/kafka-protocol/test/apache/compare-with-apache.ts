// SPDX-License-Identifier: Apache-2.0
/**
 * Compares our descriptions with Apache's definitions, field by field. A difference begins with `MISSING` when Apache has
 * something that we lack, as after a new Kafka release, and with `DIFFERENT` or `EXTRA` when we say what Apache does not.
 */
import type { Api } from '../../src/api.ts'
import type { Field, FieldSpec, Fields, Shape } from '../../src/schema.ts'
import type { ApacheField, ApacheMessage } from './apache-message.ts'

type Range = readonly [first: number, last: number]

/** Every difference as a line of text; none when we speak what Apache speaks. */
export function differencesFromApache(apis: readonly Api[], messages: readonly ApacheMessage[]): string[] {
  const differences: string[] = []
  const keys = new Set(messages.filter(isSpoken).map((message) => message.apiKey as number))
  for (const key of keys) {
    const request = messages.find((message) => message.apiKey === key && message.type === 'request') as ApacheMessage
    const response = messages.find((message) => message.apiKey === key && message.type === 'response') as ApacheMessage
    const api = apis.find((candidate) => candidate.key === key)
    if (api === undefined) differences.push(`MISSING API ${key} ${request.name}, versions ${request.validVersions}`)
    else differences.push(...apiDifferences(api, request, response))
  }
  for (const { key, name } of apis) if (!keys.has(key)) differences.push(`EXTRA API ${key} ${name}`)
  return differences
}

/** Differences of one message or of data such as the consumer protocol; `versions` are those that we speak. */
export function messageDifferences(fields: Fields, message: ApacheMessage, versions: Range): string[] {
  const structs = new Map(message.commonStructs?.map(({ name, fields }) => [name, fields]))
  return fieldsDifferences(fields, message.fields ?? [], { where: message.name, versions, structs })
}

/** The versions of a message that are released: an unstable last one is served only by brokers told to. */
export function releasedVersions(message: ApacheMessage): Range {
  const [first, last] = rangeOf(message.validVersions, [0, Number.POSITIVE_INFINITY]) as Range
  return message.latestVersionUnstable === true ? [first, last - 1] : [first, last]
}

function isSpoken(message: ApacheMessage): boolean {
  return message.apiKey !== undefined && message.validVersions !== 'none'
}

function apiDifferences(api: Api, request: ApacheMessage, response: ApacheMessage): string[] {
  const versions = releasedVersions(request)
  const differences: string[] = []
  const check = (what: string, ours: unknown, theirs: unknown) => {
    if (ours !== theirs) differences.push(`DIFFERENT ${api.name} ${what}: ours ${ours}, Apache's ${theirs}`)
  }
  check('name', `${api.name}Request`, request.name)
  check('first version', api.versions[0], versions[0])
  if (api.versions[1] < versions[1])
    differences.push(`MISSING ${api.name} versions ${api.versions[1] + 1} to ${versions[1]}`)
  else check('last version', api.versions[1], versions[1])
  check('flexible versions', api.flexible, firstOf(request.flexibleVersions))
  check('flexible versions of the response', api.flexible, firstOf(response.flexibleVersions))
  check('audience is controller', api.audience === 'controller', request.listeners?.includes('broker') === false)
  return [
    ...differences,
    ...messageDifferences(api.request, request, versions),
    ...messageDifferences(api.response, response, versions),
  ]
}

interface Context {
  /** Names the struct, for the reader of a difference. */
  readonly where: string
  /** The versions in which the struct exists; what lies outside is of no interest. */
  readonly versions: Range
  readonly structs: ReadonlyMap<string, readonly ApacheField[]>
}

function fieldsDifferences(fields: Fields, theirs: readonly ApacheField[], context: Context): string[] {
  const expected = theirs.filter((field) => rangeOf(field.versions, context.versions) !== undefined)
  const differences: string[] = []
  for (const field of expected) {
    const ours = fields[camelCase(field.name)]
    const where = `${context.where}.${field.name}`
    if (ours === undefined) differences.push(`MISSING ${where}: ${field.type}, versions ${field.versions}`)
    else differences.push(...fieldDifferences(ours, field, { ...context, where }))
  }
  const names = expected.map((field) => camelCase(field.name))
  const extra = Object.keys(fields).filter((name) => !names.includes(name))
  differences.push(...extra.map((name) => `EXTRA ${context.where}.${name}`))
  const order = Object.keys(fields).filter((name) => names.includes(name))
  const expectedOrder = names.filter((name) => order.includes(name))
  if (order.join() !== expectedOrder.join())
    differences.push(`DIFFERENT ${context.where} order: ${order} for ${expectedOrder}`)
  return differences
}

function fieldDifferences({ spec }: Field<unknown>, theirs: ApacheField, context: Context): string[] {
  const differences: string[] = []
  const check = (what: string, ours: unknown, expected: unknown) => {
    if (ours !== expected) differences.push(`DIFFERENT ${context.where} ${what}: ours ${ours}, Apache's ${expected}`)
  }
  const [first, last] = context.versions
  const range = rangeOf(theirs.taggedVersions ?? theirs.versions, context.versions) as Range
  const ours: Range = [Math.max(spec.since, first), Math.min(spec.until, last)]
  check('versions', ours.join('-'), range.join('-'))
  check('type', typeOf(spec.shape), apacheTypeOf(theirs.type))
  check('null allowed in', nullableRange(spec, ours), rangeOf(theirs.nullableVersions, range)?.join('-'))
  check('tag', spec.tag, theirs.tag)
  if (!(spec.shape.kind === 'struct' && theirs.default === undefined))
    check('default', textOf(spec.fallback), apacheDefault(theirs))
  if (range[0] > first || range[1] < last) check('ignorable', spec.ignorable, theirs.ignorable ?? false)
  if (theirs.entityType !== undefined) check('mark', entityOf(spec.shape), theirs.entityType)
  const struct = structOf(spec.shape)
  if (struct === undefined) return differences
  const theirFields = theirs.fields ?? context.structs.get(theirs.type.replace('[]', '')) ?? []
  return [...differences, ...fieldsDifferences(struct, theirFields, { ...context, versions: range })]
}

/** A version text within bounds; undefined when no version is left. */
function rangeOf(versions: string | undefined, [first, last]: Range): Range | undefined {
  const match = /^(\d+)(?:-(\d+)|(\+))?$/.exec(versions ?? 'none')
  if (match === null) return undefined
  const from = Math.max(Number(match[1]), first)
  const to = Math.min(match[3] === '+' ? Number.POSITIVE_INFINITY : Number(match[2] ?? match[1]), last)
  return from > to ? undefined : [from, to]
}

function firstOf(versions: string | undefined): number {
  return rangeOf(versions, [0, Number.POSITIVE_INFINITY])?.[0] ?? Number.POSITIVE_INFINITY
}

function nullableRange(spec: FieldSpec, [first, last]: Range): string | undefined {
  const from = Math.max(spec.nullableSince, first)
  return from > last ? undefined : `${from}-${last}`
}

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'primitive':
      return shape.type
    case 'array':
      return `[]${typeOf(shape.element)}`
    case 'struct':
      return 'struct'
  }
}

function apacheTypeOf(type: string): string {
  return type.replace(/[A-Z]\w*$/, 'struct')
}

function structOf(shape: Shape): Fields | undefined {
  if (shape.kind === 'array') return structOf(shape.element)
  return shape.kind === 'struct' ? shape.fields : undefined
}

function entityOf(shape: Shape): string | undefined {
  if (shape.kind === 'array') return entityOf(shape.element)
  const mark = shape.kind === 'primitive' ? shape.mark : undefined
  if (mark === undefined) return undefined
  if (mark.kind !== 'name') return mark.kind
  const names: Record<string, string> = { topic: 'topicName', group: 'groupId', transactionalId: 'transactionalId' }
  return names[mark.name] ?? mark.name
}

/** A fallback as a text that can be compared: lists and bytes are empty in every description. */
function textOf(fallback: unknown): string {
  if (Array.isArray(fallback)) return '[]'
  return fallback instanceof Uint8Array ? '' : String(fallback)
}

function apacheDefault(field: ApacheField): string {
  if (field.default !== undefined)
    return /^0x/.test(String(field.default)) ? String(Number(field.default)) : String(field.default)
  if (field.type.startsWith('[]')) return '[]'
  if (field.type === 'bool') return 'false'
  if (field.type === 'uuid') return '0'.repeat(32)
  return ['string', 'bytes', 'records'].includes(field.type) ? '' : '0'
}

function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
