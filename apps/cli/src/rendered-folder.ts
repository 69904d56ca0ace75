// SPDX-License-Identifier: Apache-2.0
/** A folder that is rendered: what differs from what is there, and writing just that. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One file that is not as it should be. `path` is relative to the folder, with slashes. */
export type FolderChange =
  | { readonly kind: 'created' | 'changed'; readonly path: string; readonly text: string }
  | { readonly kind: 'removed'; readonly path: string }

/**
 * The changes that make `files` true, by path. Removed is what lies beside a file, is no longer rendered and `isOurs`: files of
 * others, and of tenants that are not among `files`, stay.
 */
export function folderChanges(
  folder: string,
  files: ReadonlyMap<string, string>,
  isOurs: (text: string) => boolean,
): readonly FolderChange[] {
  const changes: FolderChange[] = []
  for (const [path, text] of files) {
    const before = loadText(join(folder, path))
    if (before !== text) changes.push({ kind: before === undefined ? 'created' : 'changed', path, text })
  }
  // Folders with tenants side by side hold one file of each: what is missing there belongs to another run.
  const owned = new Set([...files.keys()].filter((path) => path.startsWith('tenants/')).map(dirname))
  for (const path of [...owned].flatMap((each) => filesIn(folder, each))) {
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

function filesIn(folder: string, path: string): readonly string[] {
  try {
    return readdirSync(join(folder, path), { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map(({ name }) => `${path}/${name}`)
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

function loadText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
