// SPDX-License-Identifier: Apache-2.0
/** Finds what the lower floors must not touch: I/O, clock, environment, timers and randomness. Tests may. */
import { isBuiltin } from 'node:module'
import { type Node, Visitor } from 'oxc-parser'
import { FLOORS, HIGHEST_PURE_FLOOR } from './floors.ts'
import type { Problem } from './problem.ts'
import type { SourceFile } from './source-file.ts'
import { isTest } from './walk-files.ts'
import { type Workspace, workspaceOf } from './workspaces.ts'

/** Parts of Node that only compute. */
const PURE_MODULES = new Set(['buffer', 'crypto', 'assert', 'util', 'url', 'path', 'zlib', 'events', 'stream'])

const IMPURE_GLOBALS = new Set(['process', 'performance', 'fetch', 'setTimeout', 'setInterval', 'setImmediate'])

const IMPURE_MEMBERS = new Set(['Date.now', 'Math.random', 'crypto.randomBytes', 'crypto.randomUUID'])

const IMPURE_IMPORTS = new Set(['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'generateKeyPairSync'])

/** One problem per use of the outside world on a pure floor. */
export function purityProblems(sources: readonly SourceFile[], workspaces: readonly Workspace[]): readonly Problem[] {
  return sources.filter((source) => isPure(source.path, workspaces)).flatMap(impuritiesOf)
}

function isPure(path: string, workspaces: readonly Workspace[]): boolean {
  const floor = FLOORS[workspaceOf(workspaces, path)?.folder ?? '']
  return floor !== undefined && floor <= HIGHEST_PURE_FLOOR && !isTest(path)
}

function impuritiesOf(source: SourceFile): readonly Problem[] {
  const problems: Problem[] = []
  const add = (line: number, what: string) =>
    problems.push({ file: source.path, line, message: `uses ${what} on a pure floor. Take it as an argument.` })
  for (const { specifier, line } of source.imports) {
    if (isBuiltin(specifier) && !PURE_MODULES.has(specifier.replace('node:', ''))) add(line, specifier)
  }
  for (const { at, what } of impureUses(source)) add(source.lineAt(at), what)
  return problems
}

interface Use {
  readonly at: number
  readonly what: string
}

function impureUses(source: SourceFile): readonly Use[] {
  const uses: Use[] = []
  const handedIn = parameterNames(source)
  const checkGlobal = (node: Node) => {
    if (node.type !== 'Identifier' || !IMPURE_GLOBALS.has(node.name) || handedIn.has(node.name)) return
    uses.push({ at: node.start, what: node.name })
  }
  new Visitor({
    CallExpression: (node) => checkGlobal(node.callee),
    MemberExpression: (node) => {
      checkGlobal(node.object)
      const name = source.text.slice(node.start, node.end)
      if (IMPURE_MEMBERS.has(name)) uses.push({ at: node.start, what: name })
    },
    NewExpression: (node) => {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date' || node.arguments.length > 0) return
      uses.push({ at: node.start, what: 'new Date()' })
    },
    ImportSpecifier: (node) => {
      const name = node.imported.type === 'Identifier' ? node.imported.name : ''
      if (IMPURE_IMPORTS.has(name)) uses.push({ at: node.start, what: name })
    },
  }).visit(source.program)
  return uses
}

/** What the functions of a file are given under the name of a global: `fetch` as a parameter is exactly what the rule asks for. */
function parameterNames(source: SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  const collect = (node: { readonly params: readonly Node[] }) => {
    for (const parameter of node.params) {
      for (const name of source.text.slice(parameter.start, parameter.end).match(/\w+/g) ?? []) names.add(name)
    }
  }
  new Visitor({
    FunctionDeclaration: collect,
    FunctionExpression: collect,
    ArrowFunctionExpression: collect,
  }).visit(source.program)
  return names
}
