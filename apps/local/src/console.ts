// SPDX-License-Identifier: Apache-2.0
/**
 * The console, built from its sources once per state of them and kept in the user's cache. Needs no network: everything came with the
 * packages. A product without a console still runs, so that a failure is a line and not an end.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asKaasError } from '@kaas/errors'
import { cachedFolder, cacheFolder, runProgram } from '@kaas/kafka-engine'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** What the console is made of. */
const SOURCES = [
  'apps/console',
  'packages/errors/src',
  'packages/domain/src',
  'packages/http-contract/src',
  'packages/client-configuration/src',
  'package-lock.json',
]
const PREFIX = 'console-'
/** Older builds that are kept, for products of other checkouts that run from them. */
const KEPT_BUILDS = 4
const BUILD_TIMEOUT_MS = 180_000

/** A console that is there, or will be. */
export interface ConsoleBuild {
  /** Where it is once `done` resolves to true; appears complete or not at all. */
  readonly folder: string
  readonly done: Promise<boolean>
}

/** Begins to build unless this state of the sources was built before. `done` resolves to false after a line that says why not. */
export function prepareConsole(print: (line: string) => void): ConsoleBuild {
  const name = `${PREFIX}${hashOfSources()}`
  const folder = join(cacheFolder(), name)
  return { folder, done: existsSync(folder) ? Promise.resolve(true) : build(name, print) }
}

async function build(name: string, print: (line: string) => void): Promise<boolean> {
  print('The console is being built, once for this version …')
  const started = performance.now()
  try {
    await cachedFolder(name, async (folder) => {
      const env = { ...process.env, KAAS_CONSOLE_OUT: folder, NODE_ENV: 'production' }
      const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
      const args = [vite, 'build', join(ROOT, 'apps/console'), '--logLevel', 'error']
      await runProgram(process.execPath, args, { cwd: ROOT, env, timeoutMs: BUILD_TIMEOUT_MS })
    })
    print(`The console is built (${((performance.now() - started) / 1000).toFixed(1)} s).`)
    removeOldBuilds(name)
    return true
  } catch (thrown) {
    print(`The product runs without its console, which could not be built: ${asKaasError(thrown).message}`)
    return false
  }
}

/** Of names and contents, so that a change of any file makes another build. */
function hashOfSources(): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesOf(source))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(ROOT, file)))
        .update('\0')
  }
  return hash.digest('hex').slice(0, 20)
}

function filesOf(path: string): readonly string[] {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path]
  const entries = readdirSync(join(ROOT, path), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const name = `${path}/${entry.name}`
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesOf(name)
    return /\.test\.tsx?$/.test(entry.name) ? [] : [name]
  })
}

function removeOldBuilds(present: string): void {
  const older = readdirSync(cacheFolder())
    .filter((name) => /^console-[0-9a-f]{20}$/.test(name) && name !== present)
    .map((name) => ({ name, at: statSync(join(cacheFolder(), name)).mtimeMs }))
    .sort((a, b) => b.at - a.at)
  for (const { name } of older.slice(KEPT_BUILDS)) rmSync(join(cacheFolder(), name), { recursive: true, force: true })
}
