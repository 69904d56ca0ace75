// SPDX-License-Identifier: Apache-2.0
/** A folder that is rendered: what differs from what is there, and writing just that. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One file that is not as it should be. `path` is relative to the folder, with slashes. */
export type FolderChange =
  | { readonly kind: 'created' | 'changed'; readonly path: string; readonly text: string }
  | { readonly kind: 'removed'; readonly path: string }

/**
 * The changes that make `files` true, by path. Removed is what lies at or below one of the `owned` paths, is no longer rendered
 * and `isOurs`: files of others, and of tenants that are not among `files`, stay. Owned folders end with a slash.
 */
export function folderChanges(
  folder: string,
  files: ReadonlyMap<string, string>,
  owned: readonly string[],
  isOurs: (text: string) => boolean,
): readonly FolderChange[] {
  const changes: FolderChange[] = []
  for (const [path, text] of files) {
    const before = loadText(join(folder, path))
    if (before !== text) changes.push({ kind: before === undefined ? 'created' : 'changed', path, text })
  }
  for (const path of owned.flatMap((each) => filesAt(folder, each))) {
    if (files.has(path)) continue
    const text = loadText(join(folder, path))
    if (text !== undefined && isOurs(text)) changes.push({ kind: 'removed', path })
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Carries them out. Each file is whole at any time: it is written beside its place and moved there. */
export function writeChanges(folder: string, changes: readonly FolderChange[]): void {
  for (const change of changes) {
    const file = join(folder, change.path)
    if (change.kind === 'removed') {
      rmSync(file)
      continue
    }
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, change.text)
    renameSync(`${file}.new`, file)
  }
}

/** The path itself, or the YAML files below it when it ends with a slash; of a folder that is absent, none. */
export function filesAt(folder: string, path: string): readonly string[] {
  if (!path.endsWith('/')) return [path]
  return entriesOf(join(folder, path), true)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${path}${name.replaceAll('\\', '/')}`)
}

/** The names in a folder, with `recursive` of all below; none when it is absent. */
export function entriesOf(folder: string, recursive: boolean): readonly string[] {
  try {
    return readdirSync(folder, { recursive, encoding: 'utf8' }).toSorted()
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

/** The text of a file; undefined when there is none, or when it is a folder. */
export function loadText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code))
}
