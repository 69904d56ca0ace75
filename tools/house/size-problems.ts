// SPDX-License-Identifier: Apache-2.0
/** Measures files and functions against the sizes of the house: median, 95th percentile, longest file, longest function. */
import { type ArrowFunctionExpression, type Function as FunctionNode, Visitor } from 'oxc-parser'
import type { Problem } from './problem.ts'
import type { SourceFile } from './source-file.ts'
import { isTest } from './walk-files.ts'

/** The sizes in lines. Empty lines and comments count in a file and not in a function. */
export const LIMITS = { median: 100, p95: 300, file: 500, function: 40 } as const

/** Files that are tables of data and may be longer than any other, each with its reason. */
export const DATA_TABLES: Readonly<Record<string, string>> = {}

/** What is too long. Tests count for the longest file only: a test is a list and is read by its names. */
export function sizeProblems(sources: readonly SourceFile[]): readonly Problem[] {
  const measured = sources.filter(({ path }) => DATA_TABLES[path] === undefined)
  const code = measured.filter(({ path }) => !isTest(path))
  return [...spreadProblems(code), ...measured.flatMap(fileProblem), ...code.flatMap(functionProblems)]
}

/** Lines of a file as `wc -l` counts them. */
export function linesOf({ text }: SourceFile): number {
  return text.split('\n').length - 1
}

function spreadProblems(code: readonly SourceFile[]): readonly Problem[] {
  const bySize = [...code].sort((a, b) => linesOf(a) - linesOf(b))
  return [
    spreadProblem(bySize, 'median', Math.floor((bySize.length - 1) / 2), LIMITS.median),
    spreadProblem(bySize, '95th percentile', Math.floor((bySize.length - 1) * 0.95), LIMITS.p95),
  ].filter((problem) => problem !== undefined)
}

function spreadProblem(bySize: readonly SourceFile[], what: string, index: number, limit: number): Problem | undefined {
  const file = bySize[index]
  if (file === undefined || linesOf(file) <= limit) return undefined
  const message = `is the ${what} of all files with ${linesOf(file)} lines; the goal is ${limit}. Split the longest files.`
  return { file: file.path, line: 1, message }
}

function fileProblem(source: SourceFile): readonly Problem[] {
  const lines = linesOf(source)
  if (lines <= LIMITS.file) return []
  const message = `has ${lines} lines; at most ${LIMITS.file} are allowed. Split it, or name it in DATA_TABLES with the reason.`
  return [{ file: source.path, line: 1, message }]
}

function functionProblems(source: SourceFile): readonly Problem[] {
  const problems: Problem[] = []
  const measure = (node: FunctionNode | ArrowFunctionExpression) => {
    const lines = codeLines(source, node.start, node.end)
    if (lines <= LIMITS.function) return
    const name = nameAt(source, node.start)
    const message = `${name} has ${lines} lines of code; at most ${LIMITS.function} are allowed. Name its parts and call them.`
    problems.push({ file: source.path, line: source.lineAt(node.start), message })
  }
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(source.program)
  return problems
}

function nameAt(source: SourceFile, start: number): string {
  const line = source.text.slice(source.text.lastIndexOf('\n', start) + 1).split('\n', 1)[0] ?? ''
  const name = /(?:function\*?|const|let)\s+(\w+)|^\s*(?:(?:async|static|private|override|get|set)\s+)*(\w+)\s*[(:<]/.exec(
    line,
  )
  return name?.[1] ?? name?.[2] ?? 'a function'
}

/** Lines between two offsets that hold something other than white space and comments. */
function codeLines(source: SourceFile, start: number, end: number): number {
  let text = source.text.slice(start, end)
  for (const comment of source.comments) {
    if (comment.start < start || comment.end > end) continue
    const blank = source.text.slice(comment.start, comment.end).replace(/[^\n]/g, ' ')
    text = text.slice(0, comment.start - start) + blank + text.slice(comment.end - start)
  }
  return text.split('\n').filter((line) => line.trim() !== '').length
}
