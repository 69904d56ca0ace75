// SPDX-License-Identifier: Apache-2.0
/**
 * Where a response says that something failed: visitors of error codes compiled from its description, and the place of the code for the
 * whole response, which needs no decoding. What codes mean is in `error-codes.ts`.
 */
import type { Api } from './api.ts'
import type { Mark, NameKind } from './marks.ts'
import type { FieldSpec, Fields, PrimitiveType, Shape } from './schema.ts'

/** A thing that the response names beside an error, or around it. */
export interface NamedThing {
  readonly kind: NameKind
  readonly name: string
}

/** Told of each error code that is not 0. */
export type VisitError = (code: number, about: NamedThing | undefined) => void

type Values = Record<string, unknown>
type Visit = (owner: Values, about: NamedThing | undefined, visit: VisitError) => void
/** Tells what an object is about, from its own fields. */
type Name = (owner: Values) => NamedThing | undefined

/** `topicConfigErrorCode` is not among them: the topic is made, only its settings are not told. */
const ERROR_FIELDS: ReadonlySet<string> = new Set(['errorCode', 'partitionErrorCode', 'acknowledgeErrorCode'])
const TOP_FIELD = 'errorCode'

const FIXED_BYTES: Readonly<Partial<Record<PrimitiveType, number>>> = {
  bool: 1,
  int8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  int64: 8,
  float64: 8,
  uuid: 16,
}

/** By API, then by version; undefined where a response has no error codes. */
const visits = new Map<Api, Map<number, Visit | undefined>>()

/** Calls `visit` with every error code of a decoded response that is not 0, in the order of the wire. */
export function visitErrors(api: Api, version: number, response: object, visit: VisitError): void {
  const ofApi = visits.get(api) ?? new Map<number, Visit | undefined>()
  visits.set(api, ofApi)
  if (!ofApi.has(version)) ofApi.set(version, structVisit(api.response, version))
  ofApi.get(version)?.(response as Values, undefined, visit)
}

/**
 * Where the error code of the whole response stands, counted from the beginning of the body. Undefined when the version has none, or
 * only behind something whose length differs.
 */
export function errorOffsetOf(api: Api, version: number): number | undefined {
  let offset = 0
  for (const [name, { spec }] of Object.entries(api.response)) {
    if (!isInLine(spec, version)) continue
    if (name === TOP_FIELD) return offset
    const length = spec.shape.kind === 'primitive' ? FIXED_BYTES[spec.shape.type] : undefined
    if (length === undefined) return undefined
    offset += length
  }
  return undefined
}

function structVisit(fields: Fields, version: number): Visit | undefined {
  const nameOf = nameIn(fields)
  const parts: Visit[] = []
  for (const [name, { spec }] of Object.entries(fields)) {
    if (version < spec.since || version > spec.until) continue
    const part = fieldVisit(name, spec.shape, version)
    if (part !== undefined) parts.push(part)
  }
  if (parts.length === 0) return undefined
  return (owner, about, visit) => {
    const own = nameOf?.(owner) ?? about
    for (const part of parts) part(owner, own, visit)
  }
}

function fieldVisit(name: string, shape: Shape, version: number): Visit | undefined {
  if (shape.kind === 'primitive') return ERROR_FIELDS.has(name) ? codeVisit(name) : undefined
  const inner = shape.kind === 'array' ? shape.element : shape
  const each = inner.kind === 'struct' ? structVisit(inner.fields, version) : undefined
  if (each === undefined) return undefined
  return (owner, about, visit) => {
    const value = owner[name]
    if (Array.isArray(value)) for (const element of value) each(element as Values, about, visit)
    else if (value) each(value as Values, about, visit)
  }
}

function codeVisit(name: string): Visit {
  return (owner, about, visit) => {
    const code = owner[name]
    if (typeof code === 'number' && code !== 0) visit(code, about)
  }
}

/** Of the first field that names something by itself, or whose neighbour says what it names. */
function nameIn(fields: Fields): Name | undefined {
  for (const [field, { spec }] of Object.entries(fields)) {
    const kindOf = spec.shape.kind === 'primitive' ? kindIn(spec.shape.mark) : undefined
    if (kindOf === undefined) continue
    return (owner) => {
      const [kind, name] = [kindOf(owner), owner[field]]
      return kind !== undefined && typeof name === 'string' && name !== '' ? { kind, name } : undefined
    }
  }
  return undefined
}

function kindIn(mark: Mark | undefined): ((owner: Values) => NameKind | undefined) | undefined {
  if (mark?.kind === 'dependsOn') return (owner) => mark.kinds[owner[mark.neighbour] as string | number]
  return mark?.kind === 'name' && mark.name !== 'errorText' ? () => mark.name : undefined
}

function isInLine({ since, until, tag }: FieldSpec, version: number): boolean {
  return version >= since && version <= until && tag === undefined
}
