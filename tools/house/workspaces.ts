// SPDX-License-Identifier: Apache-2.0
/** Reads the workspaces of a repository: folder, package name, dependencies, entry points. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One folder with a package.json. */
export interface Workspace {
  /** `packages/errors`; the empty text for the root. */
  readonly folder: string
  readonly name: string
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
  /** Subpath to file, both as package.json has them: `.` → `./src/index.ts`. */
  readonly exports: ReadonlyMap<string, string>
}

/** All workspaces below `packages/` and `apps/`, and the root itself first. */
export function loadWorkspaces(root: string): readonly Workspace[] {
  const folders = ['packages', 'apps'].flatMap((group) => {
    if (!existsSync(join(root, group))) return []
    return readdirSync(join(root, group)).map((name) => `${group}/${name}`)
  })
  return ['', ...folders]
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => load(root, folder))
}

function load(root: string, folder: string): Workspace {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest
  return {
    folder,
    name: manifest.name ?? folder,
    dependencies: new Set([...keysOf(manifest.dependencies), ...keysOf(manifest.optionalDependencies)]),
    devDependencies: new Set(keysOf(manifest.devDependencies)),
    exports: new Map(Object.entries(manifest.exports ?? {})),
  }
}

interface Manifest {
  readonly name?: string
  readonly dependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
  readonly exports?: Record<string, string>
}

function keysOf(record: Record<string, string> | undefined): readonly string[] {
  return Object.keys(record ?? {})
}

/** The workspace that a path lies in; the root when in none. */
export function workspaceOf(workspaces: readonly Workspace[], path: string): Workspace | undefined {
  const inside = workspaces.find(({ folder }) => folder !== '' && path.startsWith(`${folder}/`))
  return inside ?? workspaces.find(({ folder }) => folder === '')
}
