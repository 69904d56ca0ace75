// SPDX-License-Identifier: Apache-2.0
/** The objects of one cluster in memory, found by kind and by tenant. Tells which tenants a change concerns. No I/O. */
import type { ObservedObject, WatchedKind } from '../cluster-watch.ts'

/** The label that says whose an object is. */
export const TENANT_LABEL = 'kaas.dev/tenant'

type Objects = Map<string, ObservedObject>

/** Calls `changed` for each tenant once per change; undefined is an object of no tenant. */
export class ObjectCache {
  readonly #byKind = new Map<WatchedKind, Objects>()
  readonly #byTenant = new Map<string | undefined, Objects>()
  readonly #changed: (tenant: string | undefined) => void

  constructor(changed: (tenant: string | undefined) => void) {
    this.#changed = changed
  }

  /** All objects of a kind, as a list told; what is not in it is gone. */
  replace(kind: WatchedKind, objects: readonly ObservedObject[]): void {
    const gone = new Map(this.#byKind.get(kind))
    for (const object of objects) {
      gone.delete(keyOf(object))
      this.put(kind, object)
    }
    for (const object of gone.values()) this.remove(kind, object)
  }

  /** One object as it is now. */
  put(kind: WatchedKind, object: ObservedObject): void {
    const key = keyOf(object)
    const ofKind = entryOf(this.#byKind, kind)
    const before = ofKind.get(key)
    if (before !== undefined && isSame(before, object)) return
    const tenant = object.labels[TENANT_LABEL]
    if (before !== undefined && before.labels[TENANT_LABEL] !== tenant) this.remove(kind, before)
    ofKind.set(key, object)
    entryOf(this.#byTenant, tenant).set(`${object.apiVersion}/${key}`, object)
    this.#changed(tenant)
  }

  /** An object that is gone, or has not the labels any more. */
  remove(kind: WatchedKind, { namespace, name }: { readonly namespace?: string | undefined; readonly name: string }): void {
    const ofKind = this.#byKind.get(kind)
    const key = keyOf({ kind: kind.kind, namespace, name })
    const before = ofKind?.get(key)
    if (before === undefined) return
    ofKind?.delete(key)
    const tenant = before.labels[TENANT_LABEL]
    const ofTenant = this.#byTenant.get(tenant)
    ofTenant?.delete(`${before.apiVersion}/${key}`)
    if (ofTenant?.size === 0) this.#byTenant.delete(tenant)
    this.#changed(tenant)
  }

  /** The tenant's objects, or those of no tenant, sorted by kind, namespace and name. */
  objectsOf(tenant: string | undefined): readonly ObservedObject[] {
    const objects = [...(this.#byTenant.get(tenant)?.entries() ?? [])]
    return objects.toSorted(([one], [other]) => (sortKey(one) < sortKey(other) ? -1 : 1)).map(([, object]) => object)
  }
}

function keyOf({ kind, namespace, name }: Pick<ObservedObject, 'kind' | 'namespace' | 'name'>): string {
  return `${kind}/${namespace ?? ''}/${name}`
}

/** Keys begin with group and version, which have a slash or none; kind, namespace and name are the last three parts. */
function sortKey(key: string): string {
  return key.split('/').slice(-3).join('/')
}

function entryOf<K>(map: Map<K, Objects>, key: K): Objects {
  const found = map.get(key)
  if (found !== undefined) return found
  const made: Objects = new Map()
  map.set(key, made)
  return made
}

/** A list after a lost watch tells again what is known, and field managers change versions only; what differs concerns somebody. */
function isSame(one: ObservedObject, other: ObservedObject): boolean {
  if (one.resourceVersion === other.resourceVersion) return true
  return JSON.stringify({ ...one, resourceVersion: '' }) === JSON.stringify({ ...other, resourceVersion: '' })
}
