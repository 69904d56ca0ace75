// SPDX-License-Identifier: Apache-2.0
/**
 * Visitors of the names in a message, compiled from the marks in its description: exactly the fields that the given version has,
 * and nothing else. Fields marked `decidedBy` are not visited: what they name cannot be told from the object they are in.
 */
import type { Api } from './api.ts'
import type { Direction } from './codecs.ts'
import type { Mark, NameKind } from './marks.ts'
import type { Fields, Shape } from './schema.ts'

/** Gives the name to put in place of one found. Called for the empty text too, never for null. */
export type Rename = (kind: NameKind, name: string) => string

type Values = Record<string, unknown>
type Visit<F> = (owner: Values, visitor: F) => void
/** Makes the visitor of one marked text or id; undefined when its mark is none to visit. */
type VisitMark<F> = (mark: Mark) => ((owner: Values, value: string, visitor: F) => string) | undefined

/**
 * Renames in place every topic, group, transactional id, user, principal, name regex and error text of a message. Names whose
 * kind a neighbour field decides are renamed when that kind is one of these. Throws what `rename` throws.
 */
export function rewriteNames(api: Api, version: number, direction: Direction, message: object, rename: Rename): void {
  kept(namesKept, api, version, direction, visitName)?.(message as Values, rename)
}

/** Calls `visit` with every topic id of a message that is not zero. Ids stand for topics without naming them (KIP-516). */
export function visitTopicIds(
  api: Api,
  version: number,
  direction: Direction,
  message: object,
  visit: (topicId: string) => void,
): void {
  kept(topicIdsKept, api, version, direction, visitTopicId)?.(message as Values, visit)
}

const ZERO_UUID = '0'.repeat(32)

const visitName: VisitMark<Rename> = (mark) => {
  switch (mark.kind) {
    case 'name':
      return (_, value, rename) => rename(mark.name, value)
    case 'dependsOn':
      return (owner, value, rename) => {
        const kind = mark.kinds[owner[mark.neighbour] as string | number]
        return kind === undefined ? value : rename(kind, value)
      }
    default:
      return undefined
  }
}

const visitTopicId: VisitMark<(topicId: string) => void> = (mark) => {
  if (mark.kind !== 'topicId') return undefined
  return (_, value, visit) => {
    if (value !== ZERO_UUID) visit(value)
    return value
  }
}

type Kept<F> = Map<Api, Map<string, Visit<F> | undefined>>
const namesKept: Kept<Rename> = new Map()
const topicIdsKept: Kept<(topicId: string) => void> = new Map()

function kept<F>(
  visits: Kept<F>,
  api: Api,
  version: number,
  direction: Direction,
  visitMark: VisitMark<F>,
): Visit<F> | undefined {
  const ofApi = visits.get(api) ?? new Map<string, Visit<F> | undefined>()
  visits.set(api, ofApi)
  const key = `${direction}${version}`
  if (!ofApi.has(key)) ofApi.set(key, structVisit(api[direction], version, visitMark))
  return ofApi.get(key)
}

/** Undefined when there is nothing to visit, so that whole branches of a message are skipped. */
function structVisit<F>(fields: Fields, version: number, visitMark: VisitMark<F>): Visit<F> | undefined {
  const visits: Visit<F>[] = []
  for (const [name, { spec }] of Object.entries(fields)) {
    if (version < spec.since || version > spec.until) continue
    const visit = fieldVisit(name, spec.shape, version, visitMark)
    if (visit !== undefined) visits.push(visit)
  }
  if (visits.length === 0) return undefined
  return (owner, visitor) => {
    for (const visit of visits) visit(owner, visitor)
  }
}

function fieldVisit<F>(name: string, shape: Shape, version: number, visitMark: VisitMark<F>): Visit<F> | undefined {
  switch (shape.kind) {
    case 'primitive': {
      const change = shape.mark === undefined ? undefined : visitMark(shape.mark)
      if (change === undefined) return undefined
      return (owner, visitor) => {
        const value = owner[name]
        if (typeof value !== 'string') return
        const changed = change(owner, value, visitor)
        if (changed !== value) owner[name] = changed
      }
    }
    case 'struct': {
      const visit = structVisit(shape.fields, version, visitMark)
      if (visit === undefined) return undefined
      return (owner, visitor) => {
        const value = owner[name]
        if (value !== null && value !== undefined) visit(value as Values, visitor)
      }
    }
    case 'array':
      return arrayVisit(name, shape.element, version, visitMark)
  }
}

function arrayVisit<F>(name: string, element: Shape, version: number, visitMark: VisitMark<F>): Visit<F> | undefined {
  if (element.kind === 'struct') {
    const visit = structVisit(element.fields, version, visitMark)
    if (visit === undefined) return undefined
    return (owner, visitor) => {
      for (const value of (owner[name] ?? []) as Values[]) visit(value, visitor)
    }
  }
  const change = element.kind === 'primitive' && element.mark !== undefined ? visitMark(element.mark) : undefined
  if (change === undefined) return undefined
  return (owner, visitor) => {
    const values = (owner[name] ?? []) as string[]
    for (let i = 0; i < values.length; i++) values[i] = change(owner, values[i] as string, visitor)
  }
}
