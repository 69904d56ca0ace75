// SPDX-License-Identifier: Apache-2.0
/** Finds files that import each other in a circle, type imports included (Tarjan's strongly connected components). */
import { posix } from 'node:path'
import type { Problem } from './problem.ts'
import type { SourceFile } from './source-file.ts'
import type { Workspace } from './workspaces.ts'

type Graph = ReadonlyMap<string, readonly string[]>

/** One problem per circle, at the first of its files by name. */
export function importCycles(sources: readonly SourceFile[], workspaces: readonly Workspace[]): readonly Problem[] {
  const graph = graphOf(sources, workspaces)
  return componentsOf(graph)
    .filter((files) => files.length > 1 || graph.get(files[0] ?? '')?.includes(files[0] ?? ''))
    .map((files) => {
      const sorted = [...files].sort()
      const message = `is in a circle of imports: ${sorted.join(' → ')}. Move what both need into a file that imports neither.`
      return { file: sorted[0] ?? '', line: 1, message }
    })
}

function graphOf(sources: readonly SourceFile[], workspaces: readonly Workspace[]): Graph {
  const known = new Set(sources.map(({ path }) => path))
  const entries = sources.map(({ path, imports }) => {
    const targets = imports
      .map(({ specifier }) => resolve(path, specifier, workspaces))
      .filter((target) => known.has(target))
    return [path, targets] as const
  })
  return new Map(entries)
}

function resolve(from: string, specifier: string, workspaces: readonly Workspace[]): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  const target = workspaces.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`))
  const file = target?.exports.get(`.${specifier.slice(target.name.length)}`)
  return target === undefined || file === undefined ? specifier : posix.join(target.folder, file)
}

interface Walk {
  readonly graph: Graph
  readonly order: Map<string, number>
  readonly low: Map<string, number>
  readonly stack: string[]
  readonly found: string[][]
}

function componentsOf(graph: Graph): readonly (readonly string[])[] {
  const walk: Walk = { graph, order: new Map(), low: new Map(), stack: [], found: [] }
  for (const file of graph.keys()) if (!walk.order.has(file)) visit(file, walk)
  return walk.found
}

function visit(file: string, walk: Walk): void {
  const number = walk.order.size
  walk.order.set(file, number)
  walk.low.set(file, number)
  walk.stack.push(file)
  for (const target of walk.graph.get(file) ?? []) {
    if (!walk.order.has(target)) visit(target, walk)
    if (walk.stack.includes(target)) lower(walk, file, walk.low.get(target) ?? number)
  }
  if (walk.low.get(file) === number) walk.found.push(walk.stack.splice(walk.stack.indexOf(file)))
}

function lower(walk: Walk, file: string, value: number): void {
  walk.low.set(file, Math.min(walk.low.get(file) ?? value, value))
}
