// SPDX-License-Identifier: Apache-2.0
/**
 * Kubernetes, Flux and Cluster API as programs of this machine: built once from released Go modules (no downloaded binaries, no
 * Go source of ours) into the user's cache, one folder for each set, named after everything that goes into the build.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedFolder, cacheFolder } from '@kaas/kafka-engine'
import { isAlive } from '@kaas/process-lock'
import { findGo, runProgram } from '@kaas/testkit'
import { type BinaryName, type BinarySet, COMMANDS, LINKER_FLAGS } from './binary-sets.ts'

/** The version of Go that the modules name. */
const OLDEST_GO = [1, 26] as const
const BUILD_TIMEOUT_MS = 30 * 60_000
const SETS_TIMEOUT_MS = 60 * 60_000

/** Programs by name: absolute paths. */
export type Binaries = Readonly<Record<BinaryName, string>>

/** The folder with `go.mod` and `go.sum` of a set. */
export function moduleFolder(set: BinarySet | 'definitions'): string {
  return fileURLToPath(new URL(`../tools/${set}`, import.meta.url))
}

/** Environment for every call of Go: static programs, nothing of this machine in them, checksums as committed. */
export function goEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CGO_ENABLED: '0',
    GOTOOLCHAIN: 'local',
    GOFLAGS: '-buildvcs=false -trimpath -mod=readonly',
    GOWORK: 'off',
  }
}

/**
 * Paths of all programs of the sets, built when they are not in the cache (about 25 minutes on two cores for all). Says what it
 * builds by `print`. KAAS_GOCACHE names a build cache to use and keep; without it one is made and removed. Throws `tool-missing`
 * without Go and what the compiler says when a build fails.
 */
export async function ensureBinaries(sets: readonly BinarySet[], print: (line: string) => void): Promise<Binaries> {
  const go = await findGo(OLDEST_GO)
  const { stdout: version } = await runProgram(go, ['version'], { env: goEnvironment() })
  await removeAbandonedCaches()
  const ownCache = join(kubernetesCache(), `gocache-${process.pid}`)
  const cache = process.env.KAAS_GOCACHE ?? ownCache
  const found: Record<string, string> = {}
  try {
    for (const set of sets) {
      const build = (folder: string) => buildSet({ go, set, folder, cache, print })
      const folder = await cachedFolder(join('k8s', `${set}-${keyOf(set, version)}`), build, {
        lockTimeoutMs: SETS_TIMEOUT_MS,
      })
      for (const { name } of COMMANDS[set]) found[name] = join(folder, name)
    }
  } finally {
    await rm(ownCache, { recursive: true, force: true })
  }
  return found as Binaries
}

/** Whether all programs of the sets are in the cache, so that `ensureBinaries` would not build. Throws nothing without Go: false. */
export async function areBinariesBuilt(sets: readonly BinarySet[]): Promise<boolean> {
  try {
    const { stdout: version } = await runProgram(await findGo(OLDEST_GO), ['version'], { env: goEnvironment() })
    return sets.every((set) => existsSync(join(kubernetesCache(), `${set}-${keyOf(set, version)}`)))
  } catch {
    return false
  }
}

/** Where programs, definitions and the first state of the database are kept. */
export function kubernetesCache(): string {
  return join(cacheFolder(), 'k8s')
}

function keyOf(set: BinarySet, goVersion: string): string {
  const hash = createHash('sha256').update(goVersion).update(LINKER_FLAGS).update(JSON.stringify(COMMANDS[set]))
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(moduleFolder(set), file)))
  return hash.digest('hex').slice(0, 16)
}

interface Build {
  readonly go: string
  readonly set: BinarySet
  readonly folder: string
  readonly cache: string
  readonly print: (line: string) => void
}

async function buildSet({ go, set, folder, cache, print }: Build): Promise<void> {
  await mkdir(cache, { recursive: true })
  const commands = COMMANDS[set]
  for (const [index, command] of commands.entries()) {
    print(`building ${command.name} (${set}, ${index + 1} of ${commands.length}); this is done once`)
    const started = performance.now()
    const args = ['build', '-ldflags', LINKER_FLAGS, '-o', join(folder, command.name), command.package]
    const env = { ...goEnvironment(), GOCACHE: cache }
    await runProgram(go, args, { cwd: moduleFolder(set), env, timeoutMs: BUILD_TIMEOUT_MS })
    print(`built ${command.name} in ${Math.round((performance.now() - started) / 1000)} s`)
  }
}

/** Build caches of runs that were killed: several gigabytes each. */
async function removeAbandonedCaches(): Promise<void> {
  if (!existsSync(kubernetesCache())) return
  for (const name of readdirSync(kubernetesCache())) {
    const pid = /^gocache-(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !isAlive({ pid: Number(pid) }))
      await rm(join(kubernetesCache(), name), { recursive: true, force: true })
  }
}
