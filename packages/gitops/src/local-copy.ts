// SPDX-License-Identifier: Apache-2.0
/**
 * The bare copy of the repository on this machine: its making, the runs of git that need no server, and what a killed process
 * leaves behind. The branch as last fetched is the ref `refs/kaas/head`. All of it can be thrown away.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KaasError } from '@kaas/errors'
import { damagedCopy } from './git-failure.ts'
import type { GitProgram, GitResult } from './git-process.ts'
import { ObjectReader } from './object-reader.ts'

/** The branch of the server as this copy knows it. */
export const HEAD_REF = 'refs/kaas/head'

const LOCAL_TIMEOUT_MS = 120_000
/** Packing thousands of small files takes seconds. */
const TIDY_TIMEOUT_MS = 600_000
const CHANGES_BETWEEN_TIDYING = 50
const MARKER = 'kaas-copy-of'

/** A copy of one branch of one repository, in `<directory>/repository.git`. */
export class LocalCopy {
  readonly objects: ObjectReader
  readonly #program: GitProgram
  readonly #folder: string
  readonly #source: string
  #untidied = 0
  #tidying: Promise<void> | undefined

  constructor(program: GitProgram, directory: string, source: { readonly url: string; readonly branch: string }) {
    this.#program = program
    this.#folder = join(directory, 'repository.git')
    this.#source = `${source.url}\n${source.branch}\n`
    this.objects = new ObjectReader(() => program.start([...this.#at(), 'cat-file', '--batch']))
  }

  /**
   * Makes the copy ready for use: makes it, takes it over from a killed process, or makes it anew when it is of another repository.
   * Throws `config-invalid` for a folder that we did not make.
   */
  async prepare(): Promise<void> {
    if (existsSync(this.#folder)) {
      const source = await readFile(join(this.#folder, MARKER), 'utf8').catch(() => undefined)
      if (source === undefined) throw notOurs(this.#folder)
      if (source === this.#source) return removeLeftovers(this.#folder)
    }
    await this.replace()
  }

  /** Throws everything away and begins with an empty copy. */
  async replace(): Promise<void> {
    this.objects.stop()
    const fresh = `${this.#folder}.new`
    await rm(fresh, { recursive: true, force: true })
    await mkdir(fresh, { recursive: true, mode: 0o700 })
    const result = await this.#program.run({
      args: ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', fresh],
      timeoutMs: LOCAL_TIMEOUT_MS,
    })
    if (result.code !== 0) throw damagedCopy('making it', result.stderr)
    await writeFile(join(fresh, MARKER), this.#source)
    await this.#tidying
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 })
    await rename(fresh, this.#folder)
  }

  /** The commit of the branch as last fetched, whether it can be read or not. */
  async head(): Promise<string | undefined> {
    const { stdout } = await this.run(['rev-parse', '--verify', '--quiet', HEAD_REF], '', [1])
    return stdout.trim() || undefined
  }

  /** Runs git in the copy. Throws `stored-data-corrupt` for any exit code but 0 and those expected. */
  async run(args: readonly string[], input?: string | Buffer, expected: readonly number[] = []): Promise<GitResult> {
    const result = await this.#program.run({ args: [...this.#at(), ...args], input, timeoutMs: LOCAL_TIMEOUT_MS })
    if (result.code === 0 || (result.code !== undefined && expected.includes(result.code))) return result
    if (/No space left on device/.test(result.stderr)) throw diskFull(this.#folder)
    throw damagedCopy(`git ${args[0]}`, result.timedOut ? 'it took too long' : result.stderr)
  }

  /** Runs git in the copy with a bound of time; any end is a result, since the server has a part in it. */
  runWithServer(args: readonly string[], timeoutMs: number): Promise<GitResult> {
    return this.#program.run({ args: [...this.#at(), ...args], timeoutMs })
  }

  /**
   * Packs what many changes left behind, once it is worth it. Beside everything else: git allows that, and no change waits for it.
   */
  tidy(): void {
    if (this.#untidied++ % CHANGES_BETWEEN_TIDYING !== 0 || this.#tidying !== undefined) return
    const settings = ['-c', 'gc.auto=2000', '-c', 'gc.autoDetach=false']
    this.#tidying = this.#program
      .run({ args: [...this.#at(), ...settings, 'gc', '--auto', '--quiet'], timeoutMs: TIDY_TIMEOUT_MS })
      .then(
        () => {},
        () => {}, // Closed meanwhile; the next process tidies up.
      )
      .finally(() => {
        this.#tidying = undefined
      })
  }

  #at(): readonly string[] {
    return [`--git-dir=${this.#folder}`]
  }
}

/** Lock files and reports of a process that was killed. Half-written objects have names of their own, which nothing reads. */
async function removeLeftovers(folder: string): Promise<void> {
  const top = await readdir(folder)
  const refs = await readdir(join(folder, 'refs'), { recursive: true }).catch(() => [])
  const packs = await readdir(join(folder, 'objects', 'pack')).catch(() => [])
  const left = [
    ...top.filter((name) => name.endsWith('.lock') || name === 'gc.pid' || name.startsWith('fast_import_crash_')),
    ...refs.filter((name) => name.endsWith('.lock')).map((name) => join('refs', name)),
    ...packs.filter((name) => name.startsWith('tmp_')).map((name) => join('objects', 'pack', name)),
  ]
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })))
}

function notOurs(folder: string): KaasError {
  return new KaasError('config-invalid', {
    message: `${folder} exists and is not a copy that was made here.`,
    help: 'Give an empty folder for the local copy of the Git repository.',
  })
}

function diskFull(folder: string): KaasError {
  return new KaasError('git-unavailable', {
    message: `The local copy of the Git repository in ${folder} cannot be written: the disk is full.`,
    help: 'Make room. The change is tried again.',
  })
}
