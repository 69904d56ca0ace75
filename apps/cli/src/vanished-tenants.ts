// SPDX-License-Identifier: Apache-2.0
/** Tenants of a rendered folder whose documents are gone: what is left of them, and what may go. */
import { join } from 'node:path'
import { pathsOfTenant } from '@kaas/planner'
import { parse, stringify } from 'yaml'
import { entriesOf, type FolderChange, filesAt, loadText } from './rendered-folder.ts'

/** A tenant without `tenant.yaml`. Paths are relative to the folder. */
export interface VanishedTenant {
  readonly name: string
  /** Rendered files that may go: Flux then removes their objects. */
  readonly removable: readonly string[]
  /** Rendered files of objects that hold data. They stay until somebody removes them by hand. */
  readonly guarded: readonly string[]
}

/** Every tenant that left rendered files in the folder, by name. `isOurs` tells a rendered text. */
export function vanishedTenants(folder: string, isOurs: (text: string) => boolean): readonly VanishedTenant[] {
  const names = new Set([
    ...entriesOf(join(folder, 'tenants'), false),
    ...['flux/tenants', 'namespaces', 'infrastructure/clusters']
      .flatMap((each) => entriesOf(join(folder, each), false))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.slice(0, -'.yaml'.length)),
  ])
  return [...names].toSorted().flatMap((name) => {
    if (loadText(join(folder, 'tenants', name, 'tenant.yaml')) !== undefined) return []
    const rendered = pathsOfTenant(name)
      .flatMap((path) => filesAt(folder, path))
      .filter((path) => isOurs(loadText(join(folder, path)) ?? ''))
    if (rendered.length === 0) return []
    const guarded = rendered.filter((path) => isGuarded(folder, path))
    return [{ name, guarded, removable: rendered.filter((path) => !guarded.includes(path) && !isList(path, guarded)) }]
  })
}

/** Removes what may go, and takes it out of the lists of files that Flux applies. */
export function pruning(folder: string, { removable }: VanishedTenant): readonly FolderChange[] {
  const lists = [...new Set(removable.map((path) => `${path.slice(0, path.lastIndexOf('/'))}/kustomization.yaml`))]
  return [
    ...removable.map((path) => ({ kind: 'removed', path }) as const),
    ...lists.flatMap((path) => (removable.includes(path) ? [] : shortened(folder, path, removable))),
  ]
}

/** Flux keeps an object with this annotation when its file goes; the file stays as well, so that Git says what is there. */
function isGuarded(folder: string, path: string): boolean {
  return /^\s+kustomize\.toolkit\.fluxcd\.io\/prune: disabled$/m.test(loadText(join(folder, path)) ?? '')
}

/** The list of a folder in which files stay. */
function isList(path: string, guarded: readonly string[]): boolean {
  const list = 'kustomization.yaml'
  return path.endsWith(`/${list}`) && guarded.some((each) => each.startsWith(path.slice(0, -list.length)))
}

function shortened(folder: string, path: string, removed: readonly string[]): readonly FolderChange[] {
  const text = loadText(join(folder, path))
  if (text === undefined) return []
  const list: unknown = parse(text)
  if (typeof list !== 'object' || list === null || !('resources' in list) || !Array.isArray(list.resources)) return []
  const below = path.slice(0, path.lastIndexOf('/') + 1)
  const resources = list.resources.filter((each) => !removed.includes(`${below}${each}`))
  if (resources.length === list.resources.length) return []
  const head = text.split('\n')[0] ?? ''
  return [{ kind: 'changed', path, text: `${head}\n${stringify({ ...list, resources }, { lineWidth: 0 })}` }]
}
