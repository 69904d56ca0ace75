// SPDX-License-Identifier: Apache-2.0
/**
 * The files of a built console, in memory: a few megabytes that never change while the process runs. Their names come from the folder
 * once, so that no path of a request ever reaches the file system.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** One file. `br` and `gz` are its compressed copies, where the build made them. */
export interface ConsoleFile {
  readonly type: string
  readonly etag: string
  /** The name has a hash of the content in it, so that it may be kept forever. */
  readonly isHashed: boolean
  readonly bodies: Readonly<Partial<Record<'identity' | 'br' | 'gzip', Buffer>>>
}

/** Files by their path: `/assets/index-ZsEok4VF.js`. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The page that every address of the console begins with. */
export const FIRST_PAGE = '/index.html'

/** All files of the folder; undefined while there is no complete build in it, which is the case until it is renamed into place. */
export function loadConsoleFiles(folder: string): ConsoleFiles | undefined {
  if (!existsSync(join(folder, FIRST_PAGE))) return undefined
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const known = new Set(names)
  const files = names.filter((name) => TYPES[extname(name)] !== undefined).map((name) => [name, load(folder, name, known)])
  return new Map(files.map(([name, file]) => [`/${name}`, file] as [string, ConsoleFile]))
}

function load(folder: string, name: string, known: ReadonlySet<string>): ConsoleFile {
  const identity = readFileSync(join(folder, name))
  const copy = (suffix: string) => (known.has(name + suffix) ? readFileSync(join(folder, name + suffix)) : undefined)
  const br = copy('.br')
  const gzip = copy('.gz')
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    isHashed: name.startsWith('assets/'),
    bodies: { identity, ...(br !== undefined && { br }), ...(gzip !== undefined && { gzip }) },
  }
}
