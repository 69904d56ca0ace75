// SPDX-License-Identifier: Apache-2.0
/** Judges one import at a time: floors, declared dependencies, doors between packages. Cycles are in `import-cycles.ts`. */
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { APPS_FLOOR, FLOORS, FORBIDDEN, LAYERS, ROOT_FOLDERS, TESTKIT } from './floors.ts'
import type { Problem } from './problem.ts'
import type { ImportLine, SourceFile } from './source-file.ts'
import { isTest } from './walk-files.ts'
import { type Workspace, workspaceOf } from './workspaces.ts'

/** Every import that breaks a rule of the house, with what to do about it. */
export function importProblems(sources: readonly SourceFile[], workspaces: readonly Workspace[]): readonly Problem[] {
  const unplaced = workspaces
    .filter(({ folder }) => folder !== '' && folder !== TESTKIT && FLOORS[folder] === undefined)
    .map(({ folder }) => problem(`${folder}/package.json`, 1, 'has no floor. Add it to tools/house/floors.ts.'))
  return [...unplaced, ...sources.flatMap((source) => source.imports.flatMap((line) => judge(source, line, workspaces)))]
}

function judge(source: SourceFile, line: ImportLine, workspaces: readonly Workspace[]): readonly Problem[] {
  const home = workspaceOf(workspaces, source.path)
  if (home === undefined) return []
  const message = layerProblem(source, line) ?? borderProblem(source, line, home, workspaces)
  return message === undefined ? [] : [problem(source.path, line.line, message)]
}

function layerProblem(source: SourceFile, { specifier }: ImportLine): string | undefined {
  const target = specifier.startsWith('.') ? posix.join(posix.dirname(source.path), specifier) : specifier
  const rule = isTest(source.path)
    ? undefined
    : LAYERS.find(({ from, to }) => source.path.startsWith(from) && target.startsWith(to))
  return rule === undefined ? undefined : `imports ${specifier}, but ${rule.why}.`
}

function borderProblem(
  source: SourceFile,
  line: ImportLine,
  home: Workspace,
  workspaces: readonly Workspace[],
): string | undefined {
  if (isBuiltin(line.specifier)) return undefined
  if (line.specifier.startsWith('.')) return relativeProblem(source, line, home)
  return packageProblem(source, line, home, workspaces)
}

function relativeProblem(source: SourceFile, { specifier }: ImportLine, home: Workspace): string | undefined {
  const target = posix.join(posix.dirname(source.path), specifier)
  const border = home.folder === '' ? topFolderOf(source.path) : home.folder
  if (target.startsWith(`${border}/`) || border === '') return undefined
  return `imports ${specifier}, which lies outside ${border}. Import the other package by its name.`
}

function topFolderOf(path: string): string {
  return ROOT_FOLDERS.find((folder) => path.startsWith(`${folder}/`)) ?? ''
}

function packageProblem(
  source: SourceFile,
  { specifier }: ImportLine,
  home: Workspace,
  workspaces: readonly Workspace[],
): string | undefined {
  const name = packageNameOf(specifier)
  const target = workspaces.find((workspace) => workspace.name === name)
  const door = target === undefined ? undefined : doorProblem(specifier, target)
  return door ?? declarationProblem(source, name, home, workspaces) ?? (target && floorProblem(source, home, target))
}

function packageNameOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function doorProblem(specifier: string, target: Workspace): string | undefined {
  const subpath = `.${specifier.slice(target.name.length)}`
  if (target.exports.has(subpath)) return undefined
  return `imports ${specifier}, which ${target.name} does not export. Import from its root, or add the name to its index.ts.`
}

function declarationProblem(
  source: SourceFile,
  name: string,
  home: Workspace,
  workspaces: readonly Workspace[],
): string | undefined {
  const root = workspaces.find(({ folder }) => folder === '')
  const mayUseRoot = home.folder === '' || isTest(source.path)
  const declared = home.dependencies.has(name) || home.devDependencies.has(name) || name === home.name
  const byRoot = mayUseRoot && (root?.devDependencies.has(name) || root?.dependencies.has(name))
  const ownPackage = mayUseRoot && workspaces.some((workspace) => workspace.name === name)
  if (declared || byRoot || ownPackage) return undefined
  return `imports ${name}, which ${home.folder}/package.json does not name. Add it to its dependencies.`
}

function floorProblem(source: SourceFile, home: Workspace, target: Workspace): string | undefined {
  if (home === target) return undefined
  if (target.folder === TESTKIT) return testkitProblem(source, home)
  if (home.folder === '' || home.folder === TESTKIT || isTest(source.path)) return appProblem(home, target)
  const from = FLOORS[home.folder]
  const to = FLOORS[target.folder]
  if (from !== undefined && to !== undefined && from <= to) {
    return `imports ${target.name} (floor ${to}) from floor ${from}. Arrows go down: move the code, or take it as an argument.`
  }
  const rule = FORBIDDEN.find((candidate) => candidate.from === home.folder && candidate.to === target.folder)
  return rule === undefined ? undefined : `imports ${target.name}, but ${rule.why}.`
}

function testkitProblem(source: SourceFile, home: Workspace): string | undefined {
  if (home.folder === '' || isTest(source.path)) return undefined
  return 'imports @kaas/testkit, which only tests may. Use the package that does the work.'
}

function appProblem(home: Workspace, target: Workspace): string | undefined {
  if (FLOORS[target.folder] !== APPS_FLOOR) return undefined
  return `imports the app ${target.name} from ${home.folder || 'the root'}. Apps are started, not imported.`
}

function problem(file: string, line: number, message: string): Problem {
  return { file, line, message }
}
