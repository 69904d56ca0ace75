// SPDX-License-Identifier: Apache-2.0
/**
 * Takes what names another tenant out of a response: the second line behind Kafka's own ACLs, which hide it already. An element of
 * a list goes as a whole when one of its own fields has a foreign name, so that nothing about that name (ids, partitions, offsets)
 * stays. Compiled once per API and version from the same marks as `rewriteNames`.
 */
import type { Api, Fields, Mark, NameKind } from '@kaas/kafka-protocol'

/** Whether a name is another tenant's. */
export type IsForeign = (kind: NameKind, name: string) => boolean

type Values = Record<string, unknown>
/** Tells whether the object itself must go, after taking out of it what must. */
type Drop = (owner: Values, isForeign: IsForeign, dropped: () => void) => boolean
type Spec = Fields[string]['spec']

const compiled = new Map<Api, Map<number, Drop | undefined>>()

/** Drops in place, and calls `dropped` for each thing that went. */
export function dropForeignNames(
  api: Api,
  version: number,
  response: object,
  isForeign: IsForeign,
  dropped: () => void,
): void {
  const ofApi = compiled.get(api) ?? new Map<number, Drop | undefined>()
  compiled.set(api, ofApi)
  if (!ofApi.has(version)) ofApi.set(version, structDrop(api.response, version))
  ofApi.get(version)?.(response as Values, isForeign, dropped)
}

/** Undefined when no name is inside. */
function structDrop(fields: Fields, version: number): Drop | undefined {
  const drops: Drop[] = []
  for (const [name, { spec }] of Object.entries(fields)) {
    if (version < spec.since || version > spec.until) continue
    const drop = fieldDrop(name, spec, version)
    if (drop !== undefined) drops.push(drop)
  }
  if (drops.length === 0) return undefined
  return (owner, isForeign, dropped) => {
    let goes = false
    for (const drop of drops) if (drop(owner, isForeign, dropped)) goes = true
    return goes
  }
}

function fieldDrop(name: string, spec: Spec, version: number): Drop | undefined {
  const { shape } = spec
  switch (shape.kind) {
    case 'primitive':
      return nameDrop(name, shape.mark)
    case 'struct':
      return innerDrop(name, structDrop(shape.fields, version), version >= spec.nullableSince)
    case 'array':
      return shape.element.kind === 'struct'
        ? listDrop(name, structDrop(shape.element.fields, version))
        : namesDrop(name, shape.element.kind === 'primitive' ? shape.element.mark : undefined)
  }
}

/** A name that stands alone: its owner goes with it. */
function nameDrop(name: string, mark: Mark | undefined): Drop | undefined {
  if (mark?.kind !== 'name' && mark?.kind !== 'dependsOn') return undefined
  return (owner, isForeign) => isForeignField(mark, owner, owner[name], isForeign)
}

/** A single inner object, such as a cursor, becomes null where that is allowed; otherwise its owner goes. */
function innerDrop(name: string, drop: Drop | undefined, canBeNull: boolean): Drop | undefined {
  if (drop === undefined) return undefined
  return (owner, isForeign, dropped) => {
    const inner = owner[name] as Values | null | undefined
    if (inner === null || inner === undefined || !drop(inner, isForeign, dropped)) return false
    if (!canBeNull) return true
    dropped()
    owner[name] = null
    return false
  }
}

function listDrop(name: string, drop: Drop | undefined): Drop | undefined {
  if (drop === undefined) return undefined
  return (owner, isForeign, dropped) => {
    const list = owner[name] as Values[] | null
    if (list === null || list === undefined) return false
    owner[name] = kept(list, (element) => drop(element, isForeign, dropped), dropped)
    return false
  }
}

function namesDrop(name: string, mark: Mark | undefined): Drop | undefined {
  if (mark?.kind !== 'name' && mark?.kind !== 'dependsOn') return undefined
  return (owner, isForeign, dropped) => {
    const list = owner[name] as unknown[] | null
    if (list === null || list === undefined) return false
    owner[name] = kept(list, (value) => isForeignField(mark, owner, value, isForeign), dropped)
    return false
  }
}

function isForeignField(mark: Mark, owner: Values, value: unknown, isForeign: IsForeign): boolean {
  if (typeof value !== 'string') return false
  if (mark.kind === 'name') return isForeign(mark.name, value)
  if (mark.kind !== 'dependsOn') return false
  const kind = mark.kinds[owner[mark.neighbour] as string | number]
  return kind !== undefined && isForeign(kind, value)
}

/** The same list when nothing goes, which is always so while Kafka's ACLs hold. */
function kept<T>(list: T[], goes: (element: T) => boolean, dropped: () => void): T[] {
  const stays = list.filter((element) => !goes(element))
  if (stays.length === list.length) return list
  for (let i = stays.length; i < list.length; i++) dropped()
  return stays
}
