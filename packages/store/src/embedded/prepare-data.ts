// SPDX-License-Identifier: Apache-2.0
/**
 * The data directory before the embedded database opens it. Making a new one takes seconds, so an empty one is kept as a seed
 * in the cache folder and copied (tens of milliseconds). A cache that cannot be used only costs time.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { KaasError } from '@kaas/errors'

/** The major version of PostgreSQL inside the pinned PGlite. */
const MAJOR = 18

/** Makes `data` ready to be opened. `makeEmpty` creates an empty database in a directory and closes it. Throws `state-newer`. */
export async function prepareData(
  data: string,
  cacheDirectory: string | undefined,
  makeEmpty: (directory: string) => Promise<void>,
): Promise<void> {
  refuseOtherVersion(data)
  if (existsSync(data)) return
  // Made beside its place and moved there, so that a first start that is killed leaves nothing half-made.
  const fresh = `${data}.new`
  rmSync(fresh, { recursive: true, force: true })
  const seed = cacheDirectory === undefined ? undefined : await seedIn(cacheDirectory, makeEmpty).catch(() => undefined)
  if (seed === undefined) await makeEmpty(fresh)
  else cpSync(seed, fresh, { recursive: true })
  renameSync(fresh, data)
}

function refuseOtherVersion(data: string): void {
  const file = join(data, 'PG_VERSION')
  const found = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : MAJOR
  if (found === MAJOR) return
  const [which, help] =
    found > MAJOR
      ? ['a newer', 'Start the newer version of KaaS again, or move the directory away to begin anew.']
      : ['an older', 'Export it with the older version of KaaS, or move the directory away to begin anew.']
  throw new KaasError('state-newer', {
    message: `The database in ${data} was written by ${which} PostgreSQL (${found}, this version has ${MAJOR}).`,
    help,
  })
}

/** The seed's path. Written beside its place and moved there, so that a half-made one is never seen. */
async function seedIn(cacheDirectory: string, makeEmpty: (directory: string) => Promise<void>): Promise<string> {
  const seed = join(cacheDirectory, `pglite-${packageVersion()}`)
  if (existsSync(seed)) return seed
  mkdirSync(cacheDirectory, { recursive: true, mode: 0o700 })
  const work = mkdtempSync(`${seed}-`)
  try {
    await makeEmpty(join(work, 'data'))
    if (!existsSync(seed)) renameSync(join(work, 'data'), seed)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return seed
}

function packageVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const root = entry.slice(0, entry.lastIndexOf(join('dist')))
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
}
