// SPDX-License-Identifier: Apache-2.0
/**
 * Visitors of the names in a message, compiled from the marks in its description: exactly the fields that the given version has,
 * and nothing else. Fields marked `decidedBy` are not visited: what they name cannot be told from the object they are in.
 */
import type { Api } from './api.ts'
import type { Direction } from './codecs.ts'
import type { Mark, NameKind } from './marks.ts'
import type { Fields, Shape } from './schema.ts'

/** The name to put in place of one found. Asked for empty text too, never for null. */
export type Rename = (kind: NameKind, name: string) => string

type Values = Record<string, unknown>
/** Visits one field of an object. */
type Visit<F> = (owner: Values, visitor: F) => void
/** Visits one text or id that belongs to an object, and answers what to put in its place. */
type Change<F> = (owner: Values, value: string, visitor: F) => string
/** Chooses how to visit what has this mark, among these fields; undefined when it is none to visit. */
type Choose<F> = (mark: Mark, fields: Fields) => Change<F> | undefined

/**
 * Renames in place every topic, group, transactional id, user, principal, name regex and error text of a message. Names whose
 * kind a neighbour field decides are renamed when that kind is one of these. Throws what `rename` throws.
 */
export function rewriteNames(api: Api, version: number, direction: Direction, message: object, rename: Rename): void {
  visitOf(nameVisits, api, version, direction, changeName)?.(message as Values, rename)
}

/** Calls `visit` with every topic id of a message that is not zero. Ids stand for topics without naming them (KIP-516). */
export function visitTopicIds(
  api: Api,
  version: number,
  direction: Direction,
  message: object,
  visit: (topicId: string) => void,
): void {
  visitOf(topicIdVisits, api, version, direction, seeTopicId)?.(message as Values, visit)
}

const ZERO_UUID = '0'.repeat(32)

const changeName: Choose<Rename> = (mark, fields) => {
  switch (mark.kind) {
    case 'name':
      return (_, value, rename) => rename(mark.name, value)
    case 'dependsOn': {
      const leftOut = fields[mark.neighbour]?.spec.fallback
      return (owner, value, rename) => {
        const kind = mark.kinds[(owner[mark.neighbour] ?? leftOut) as string | number]
        return kind === undefined ? value : rename(kind, value)
      }
    }
    case 'decidedBy':
    case 'topicId':
    case 'host':
    case 'brokerId':
    case 'producerId':
      return undefined
  }
}

const seeTopicId: Choose<(topicId: string) => void> = (mark) => {
  if (mark.kind !== 'topicId') return undefined
  return (_, value, visit) => {
    if (value !== ZERO_UUID) visit(value)
    return value
  }
}

/** Compiled visits by API, direction and version; undefined where a message holds nothing to visit. */
type Visits<F> = Map<Api, Map<string, Visit<F> | undefined>>
const nameVisits: Visits<Rename> = new Map()
const topicIdVisits: Visits<(topicId: string) => void> = new Map()

function visitOf<F>(
  visits: Visits<F>,
  api: Api,
  version: number,
  direction: Direction,
  choose: Choose<F>,
): Visit<F> | undefined {
  const ofApi = visits.get(api) ?? new Map<string, Visit<F> | undefined>()
  visits.set(api, ofApi)
  const key = `${direction}${version}`
  if (!ofApi.has(key)) ofApi.set(key, structVisit(api[direction], version, choose))
  return ofApi.get(key)
}

function structVisit<F>(fields: Fields, version: number, choose: Choose<F>): Visit<F> | undefined {
  const visits: Visit<F>[] = []
  for (const [name, { spec }] of Object.entries(fields)) {
    if (version < spec.since || version > spec.until) continue
    const visit = fieldVisit(name, spec.shape, fields, version, choose)
    if (visit !== undefined) visits.push(visit)
  }
  if (visits.length === 0) return undefined
  return (owner, visitor) => {
    for (const visit of visits) visit(owner, visitor)
  }
}

function fieldVisit<F>(
  name: string,
  shape: Shape,
  fields: Fields,
  version: number,
  choose: Choose<F>,
): Visit<F> | undefined {
  switch (shape.kind) {
    case 'primitive':
      return textVisit(name, shape.mark && choose(shape.mark, fields))
    case 'struct': {
      const visit = structVisit(shape.fields, version, choose)
      if (visit === undefined) return undefined
      return (owner, visitor) => {
        if (owner[name]) visit(owner[name] as Values, visitor)
      }
    }
    case 'array': {
      if (shape.element.kind === 'primitive')
        return textsVisit(name, shape.element.mark && choose(shape.element.mark, fields))
      const visit = shape.element.kind === 'struct' ? structVisit(shape.element.fields, version, choose) : undefined
      if (visit === undefined) return undefined
      return (owner, visitor) => {
        for (const element of (owner[name] ?? []) as Values[]) visit(element, visitor)
      }
    }
  }
}

function textVisit<F>(name: string, change: Change<F> | undefined): Visit<F> | undefined {
  if (change === undefined) return undefined
  return (owner, visitor) => {
    const before = owner[name]
    if (typeof before !== 'string') return
    const after = change(owner, before, visitor)
    // Fallbacks are shared and frozen: what stays the same is not written.
    if (after !== before) owner[name] = after
  }
}

function textsVisit<F>(name: string, change: Change<F> | undefined): Visit<F> | undefined {
  if (change === undefined) return undefined
  return (owner, visitor) => {
    const values = (owner[name] ?? []) as string[]
    for (let i = 0; i < values.length; i++) values[i] = change(owner, values[i] as string, visitor)
  }
}
