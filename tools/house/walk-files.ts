// SPDX-License-Identifier: Apache-2.0
/** Finds the files of the repository that the checks look at. Reads directories only, so it works on any small tree in a test. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const SKIPPED = new Set(['node_modules', '.git', '.kaas', 'dist', 'vectors', 'expected'])

/** The paths below `root`, relative and with `/`, of all files that are written by hand. Sorted, so that output is stable. */
export function walkFiles(root: string): readonly string[] {
  const found: string[] = []
  collect(root, '', found)
  return found.sort()
}

function collect(root: string, folder: string, found: string[]): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) collect(root, path, found)
    else if (entry.isFile()) found.push(path)
  }
}

/** Whether a path is a test or lies among tests: these may be longer and need no documentation. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /(^|\/)(test|tests|fixtures)\//.test(path)
}

/** Whether a path is TypeScript that a person wrote. */
export function isTypeScript(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
}
