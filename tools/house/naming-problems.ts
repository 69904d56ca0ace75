// SPDX-License-Identifier: Apache-2.0
/** Judges the names of files and folders. */
import type { Problem } from './problem.ts'
import { isTypeScript } from './walk-files.ts'

/** Names that say nothing about what is inside, so everything ends up there. */
const EMPTY_NAMES = new Set(['common', 'shared', 'core', 'utils', 'util', 'lib', 'helpers', 'helper', 'misc'])

const KEBAB_CASE = /^(\d+-)?[a-z0-9]+(-[a-z0-9]+)*(\.(int\.test|test|config|d))?\.tsx?$/

/** Paths with a name that says nothing, files not in kebab-case, and an `index.ts` that is no door of a package. */
export function namingProblems(paths: readonly string[]): readonly Problem[] {
  return paths.flatMap((path) =>
    [emptyName(path), notKebabCase(path), innerIndex(path)]
      .filter((message) => message !== undefined)
      .map((message) => ({ file: path, line: 1, message })),
  )
}

function emptyName(path: string): string | undefined {
  const word = path.split('/').find((part) => EMPTY_NAMES.has(part.replace(/\..*$/, '')))
  return word === undefined ? undefined : `is named "${word}", which says nothing. Name it after what it does.`
}

function notKebabCase(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (!isTypeScript(path) || KEBAB_CASE.test(name)) return undefined
  return 'is not in kebab-case. Name the file after its main export, in small letters with hyphens.'
}

function innerIndex(path: string): string | undefined {
  if (!/(^|\/)index\.tsx?$/.test(path) || /^(packages|apps)\/[^/]+\/src\/index\.ts$/.test(path)) return undefined
  return 'is an index below the root of a package. Import the files themselves.'
}
