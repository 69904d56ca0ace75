// SPDX-License-Identifier: Apache-2.0
/** Judges the comments that every source file owes its reader: licence line, file header, one comment per export. */
import type { Declaration, Statement, TSType } from 'oxc-parser'
import type { Problem } from './problem.ts'
import type { SourceFile } from './source-file.ts'
import { isTest } from './walk-files.ts'

const LICENCE_LINE = /^(#!.*\n)?\/\/ SPDX-License-Identifier: Apache-2\.0\n/

/** Missing licence lines, file headers and comments of exports. Tests owe the licence line only; a door owes no header. */
export function documentationProblems(source: SourceFile): readonly Problem[] {
  const problems = [licenceProblem(source)]
  if (!isTest(source.path)) {
    problems.push(headerProblem(source), starProblem(source))
    for (const statement of source.program.body) problems.push(exportProblem(source, statement))
  }
  return problems.filter((problem) => problem !== undefined)
}

function licenceProblem(source: SourceFile): Problem | undefined {
  if (LICENCE_LINE.test(source.text)) return undefined
  return { file: source.path, line: 1, message: 'must begin with "// SPDX-License-Identifier: Apache-2.0".' }
}

function headerProblem(source: SourceFile): Problem | undefined {
  if (source.path.endsWith('/index.ts') || source.path.endsWith('.config.ts')) return undefined
  const rest = source.text.replace(LICENCE_LINE, '')
  if (/^\s*\/\*\*/.test(rest)) return undefined
  return {
    file: source.path,
    line: 2,
    message: 'needs a file header after the licence line: /** what lives here, what does not */.',
  }
}

function starProblem(source: SourceFile): Problem | undefined {
  const star = source.program.body.find((statement) => statement.type === 'ExportAllDeclaration')
  if (star === undefined) return undefined
  return { file: source.path, line: source.lineAt(star.start), message: 'exports "*". List the names by hand.' }
}

function exportProblem(source: SourceFile, statement: Statement): Problem | undefined {
  if (statement.type !== 'ExportNamedDeclaration' || statement.declaration === null) return undefined
  const name = nameOf(statement.declaration)
  const speaksForItself = isDerivedType(statement.declaration) || isMainExport(source, name)
  if (speaksForItself || isDocumented(source, statement) || isOverloadOf(source, statement, name)) return undefined
  const message = `exports ${name} without a comment. Say in /** */ before it what it is and what the type cannot say.`
  return { file: source.path, line: source.lineAt(statement.start), message }
}

/** The file header speaks for the only export of a file, and for the one it is named after: `03-metadata.ts` and `metadata`. */
function isMainExport({ path, program }: SourceFile, name: string): boolean {
  const words = path.slice(path.lastIndexOf('/') + 1).replace(/^\d+-|\.tsx?$/g, '')
  return words.replaceAll('-', '').toLowerCase() === name.toLowerCase() || program.body.filter(isOwnExport).length === 1
}

function isOwnExport(statement: Statement): boolean {
  if (statement.type !== 'ExportNamedDeclaration' || statement.declaration === null) return false
  return !isDerivedType(statement.declaration)
}

/** A comment stands right before the statement, or before the first of a block of one-line exports without gaps. */
function isDocumented(source: SourceFile, statement: Statement): boolean {
  const comment = source.comments.find(
    ({ end }) => end <= statement.start && gap(source, end, statement.start).trim() === '',
  )
  if (comment !== undefined) return comment.value.startsWith('*') && !isHeader(source, comment.start)
  const before = source.program.body[source.program.body.indexOf(statement) - 1]
  if (before?.type !== 'ExportNamedDeclaration' || !isOneLine(source, before) || !isOneLine(source, statement)) return false
  return gap(source, before.end, statement.start) === '\n' && isDocumented(source, before)
}

function gap(source: SourceFile, from: number, to: number): string {
  return source.text.slice(from, to)
}

function isOneLine(source: SourceFile, statement: Statement): boolean {
  return source.lineAt(statement.start) === source.lineAt(statement.end)
}

function isHeader(source: SourceFile, start: number): boolean {
  return gap(source, 0, start).replace(LICENCE_LINE, '').trim() === ''
}

/** A type computed from a value of the same file (`z.infer<typeof x>`) repeats the value's name; its comment would, too. */
function isDerivedType(declaration: Declaration): boolean {
  return declaration.type === 'TSTypeAliasDeclaration' && isTypeOfValue(declaration.typeAnnotation)
}

function isTypeOfValue(type: TSType): boolean {
  if (type.type !== 'TSTypeReference') return false
  const first = type.typeArguments?.params[0]
  return first !== undefined && (first.type === 'TSTypeQuery' || isTypeOfValue(first))
}

/** The second and later signatures of an overloaded function stand below the comment of the first. */
function isOverloadOf(source: SourceFile, statement: Statement, name: string): boolean {
  const index = source.program.body.indexOf(statement)
  const before = source.program.body[index - 1]
  return before?.type === 'ExportNamedDeclaration' && before.declaration !== null && nameOf(before.declaration) === name
}

function nameOf(declaration: Declaration): string {
  if (declaration.type === 'VariableDeclaration') {
    const target = declaration.declarations[0]?.id
    return target?.type === 'Identifier' ? target.name : 'a value'
  }
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : 'a value'
}
