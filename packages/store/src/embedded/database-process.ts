// SPDX-License-Identifier: Apache-2.0
/**
 * The process that the embedded database runs in, kept: when it ends by itself (the disk is full, the engine has crashed), the
 * next connection starts another, which recovers from the log as PostgreSQL does after a crash.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { KaasError } from '@kaas/errors'
import type { FromDatabase, ToDatabase } from './database-main.ts'

/** Where the database is, for its process. */
export interface DatabasePlace {
  /** Directory of its state, locked by the process as long as it runs. */
  readonly directory: string
  /** Where an empty database is kept to copy from; undefined to make each anew. */
  readonly cacheDirectory: string | undefined
}

/** Owns at most one process at a time. */
export class DatabaseProcess {
  readonly #place: DatabasePlace
  #child: Promise<ChildProcess> | undefined

  constructor(place: DatabasePlace) {
    this.#place = place
  }

  /** The running process, started when there is none. Throws `state-locked`, `state-newer`, `stored-data-corrupt`. */
  child(): Promise<ChildProcess> {
    this.#child ??= this.#start()
    return this.#child
  }

  /** Shuts the database down and ends the process. */
  async stop(): Promise<void> {
    const child = await this.#child?.catch(() => undefined)
    if (child === undefined) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    tell(child, { kind: 'close' })
    await exited
  }

  async #start(): Promise<ChildProcess> {
    try {
      const child = await openDatabase(this.#place)
      child.once('exit', () => {
        this.#child = undefined
      })
      return child
    } catch (error) {
      this.#child = undefined
      throw error
    }
  }
}

/** Sends, unless the process is gone: its end is seen elsewhere. */
export function tell(child: ChildProcess, message: ToDatabase): void {
  if (child.connected) child.send(message, () => {})
}

function openDatabase(place: DatabasePlace): Promise<ChildProcess> {
  const child = fork(new URL('./database-main.ts', import.meta.url), [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.on('error', () => {}) // A process that cannot be started or told something: its end follows.
  return new Promise((resolve, reject) => {
    child.once('message', (message: FromDatabase) => {
      if (message.kind === 'failed') reject(startError(place, message))
      else resolve(child)
    })
    child.once('exit', (code, signal) => reject(startError(place, { message: `its process ended (${signal ?? code})` })))
    tell(child, { kind: 'open', ...place })
  })
}

function startError(
  { directory }: DatabasePlace,
  { code, message, help }: Omit<Extract<FromDatabase, { kind: 'failed' }>, 'kind'>,
): KaasError {
  if (code !== undefined) return new KaasError(code, { message, ...(help === undefined ? {} : { help }) })
  return new KaasError('stored-data-corrupt', {
    message: `The embedded database in ${directory} does not open: ${message}`,
    help: 'Restore the directory from a backup, or move it away to begin anew.',
  })
}
