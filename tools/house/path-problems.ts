// SPDX-License-Identifier: Apache-2.0
/** Finds paths that lead nowhere: files in backticks, in documents and in comments of code, and links in documents. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Problem } from './problem.ts'

const IN_BACKTICKS = /`((?:apps|packages|tools|bench|docs|test|examples|changes)\/[A-Za-z0-9_./<>*-]*)`/g
const LINK = /\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g

const BARE_FILE = /`(?!(?:apps|packages|tools|bench|docs|test|examples|changes)\/)([a-z0-9][a-z0-9/-]*\.ts)`/g

/** What is known of the repository whose documents are read. */
export interface KnownPaths {
  readonly root: string
  /** Every file that is written by hand. */
  readonly files: readonly string[]
  /** The lines of `.gitignore`: what runs leave behind, and what a fresh clone therefore lacks. */
  readonly ignored: readonly string[]
}

/**
 * One problem per path that does not exist. A path with `<`, `*` or `NN` stands for several files and is left alone, and so is one
 * that Git ignores. A document may name a file by its end (`read-gate.ts`) when it has said in which folder; one of the files must
 * end so.
 */
export function pathProblems({ root, files, ignored }: KnownPaths, file: string, text: string): readonly Problem[] {
  return text.split('\n').flatMap((line, index) => {
    const named = [...line.matchAll(IN_BACKTICKS)].map((match) => ({ path: match[1] ?? '', from: '' }))
    const links = file.endsWith('.md') ? [...line.matchAll(LINK)] : []
    const linked = links.map((match) => ({ path: match[1] ?? '', from: dirname(file) }))
    const gone = [...named, ...linked]
      .filter(({ path }) => !/[<*]|NN/.test(path) && !ignored.some((line) => isBelow(path, line)))
      .filter(({ path, from }) => !existsSync(join(root, from, path)))
    const bare = file.endsWith('.md') ? [...line.matchAll(BARE_FILE)] : []
    const nowhere = bare.map((match) => ({ path: match[1] ?? '' })).filter(({ path }) => !isEndOf(files, path))
    return [...gone, ...nowhere].map(({ path }) => ({
      file,
      line: index + 1,
      message: `names ${path}, which does not exist. Correct or remove it.`,
    }))
  })
}

function isEndOf(paths: readonly string[], end: string): boolean {
  return paths.some((path) => path === end || path.endsWith(`/${end}`))
}

function isBelow(path: string, ignored: string): boolean {
  return ignored.endsWith('/') && `/${path}/`.includes(`/${ignored}`)
}
