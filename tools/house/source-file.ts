// SPDX-License-Identifier: Apache-2.0
/** One parsed TypeScript file, as the checks share it. TypeScript 7 has no parser to call, so oxc's is used. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Comment, type Program, parseSync } from 'oxc-parser'
import { isTypeScript, walkFiles } from './walk-files.ts'

/** An import or re-export, static or with a literal in `import()`, or a type import. */
export interface ImportLine {
  readonly specifier: string
  readonly line: number
}

/** A file with its syntax tree. `lineAt` turns an offset of the tree into a line, counted from 1. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly program: Program
  readonly comments: readonly Comment[]
  readonly imports: readonly ImportLine[]
  readonly lineAt: (offset: number) => number
}

/** All TypeScript files below `root`, parsed. A file that does not parse is left to the compiler to complain about. */
export function loadSources(root: string): readonly SourceFile[] {
  return walkFiles(root)
    .filter(isTypeScript)
    .map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')))
}

/** Parses one file. */
export function parseSource(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text)
  const lineAt = lineFinder(text)
  const { staticImports, staticExports, dynamicImports } = parsed.module
  const imports: ImportLine[] = staticImports.map((found) => ({
    specifier: found.moduleRequest.value,
    line: lineAt(found.start),
  }))
  for (const { entries, start } of staticExports) {
    const specifier = entries[0]?.moduleRequest?.value
    if (specifier !== undefined) imports.push({ specifier, line: lineAt(start) })
  }
  for (const { moduleRequest, start } of dynamicImports) {
    const literal = /^['"](.+)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1]
    if (literal !== undefined) imports.push({ specifier: literal, line: lineAt(start) })
  }
  return { path, text, program: parsed.program, comments: parsed.comments, imports, lineAt }
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}
