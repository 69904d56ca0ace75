// SPDX-License-Identifier: Apache-2.0
/** How much script a browser fetches before it shows a page: the entry, the page, and everything that the two import statically. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** One page and what it costs. */
export interface FirstLoad {
  /** Name of the page's file without its hash: `order-page`. */
  readonly page: string
  /** Compressed as the control plane sends it, in bytes. */
  readonly bytes: number
  /** The largest files first. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[]
}

/** Every page of a build, the most expensive first. */
export function firstLoadsOf(folder: string): readonly FirstLoad[] {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const entry = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name)
  const pages = readdirSync(join(folder, 'assets')).filter((name) => /-page-[\w-]{8}\.js$/.test(name))
  return pages
    .map((file) => {
      const files = [...closureOf(folder, [...entry, file])]
        .map((name) => ({ name, bytes: sizeOf(folder, name) }))
        .sort((a, b) => b.bytes - a.bytes)
      return { page: file.slice(0, -12), bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files }
    })
    .sort((a, b) => b.bytes - a.bytes)
}

function closureOf(folder: string, begin: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...begin]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    found.add(name)
    const text = readFileSync(join(folder, 'assets', name), 'utf8')
    // Dynamic imports have a parenthesis; these have none.
    open.push(...[...text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map(([, imported = '']) => imported))
  }
  return found
}

function sizeOf(folder: string, name: string): number {
  const compressed = join(folder, 'assets', `${name}.br`)
  return statSync(existsSync(compressed) ? compressed : join(folder, 'assets', name)).size
}
