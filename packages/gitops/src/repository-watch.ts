// SPDX-License-Identifier: Apache-2.0
/** Looks at the repository from time to time and tells what others changed. A look without news costs one question to the server. */
import { asKaasError, type KaasError } from '@kaas/errors'
import type { ChangedPaths, TenantRepository } from './tenant-repository.ts'

/** Between looks while the server is away, at most. */
const LONGEST_WAIT_MS = 60_000

/** What to watch and whom to tell. */
export interface RepositoryWatchOptions {
  readonly repository: TenantRepository
  /** Between the end of a look and the next; a tenth shorter or longer, so that many watchers do not come at once. */
  readonly intervalMs: number
  /** The commit that is known already; undefined to be told everything. */
  readonly since: string | undefined
  /** Called with what changed, one call at a time. When it rejects, the same and what came since is told again later. */
  changed(change: ChangedPaths): Promise<void>
  /** Called when looking (or telling) begins to fail, when it fails differently, and with undefined when all is well again. */
  trouble(error: KaasError | undefined): void
}

/** A running watch. */
export interface RepositoryWatch {
  /** Looks now: a webhook said that there is news. */
  look(): void
  /** Ends it; resolves when no call runs any more. */
  close(): Promise<void>
}

/** Begins to watch at once. The repository stays the caller's to close, after the watch. */
export function watchRepository(options: RepositoryWatchOptions): RepositoryWatch {
  const watch = new Watch(options)
  const end = watch.run()
  return {
    look: () => watch.wake(),
    close: () => {
      watch.stop()
      return end
    },
  }
}

class Watch {
  readonly #options: RepositoryWatchOptions
  #seen: string | undefined
  #failures = 0
  #trouble: string | undefined
  #isStopped = false
  /** A look was asked for that no look since has begun to answer. */
  #isAsked = false
  #wake: () => void = () => {}

  constructor(options: RepositoryWatchOptions) {
    this.#options = options
    this.#seen = options.since
  }

  async run(): Promise<void> {
    while (!this.#isStopped) {
      this.#isAsked = false
      try {
        await this.#look()
        this.#failures = 0
        this.#tell(undefined)
      } catch (error) {
        if (this.#isStopped) return
        this.#failures++
        this.#tell(asKaasError(error))
      }
      if (!this.#isAsked) await this.#wait()
    }
  }

  wake(): void {
    this.#isAsked = true
    this.#wake()
  }

  stop(): void {
    this.#isStopped = true
    this.#wake()
  }

  async #look(): Promise<void> {
    const { changed, repository } = this.#options
    const commit = await repository.fetch()
    if (commit === this.#seen || this.#isStopped) return
    const change = await repository.changedSince(this.#seen)
    if (change === undefined) return
    await changed(change)
    this.#seen = change.commit
  }

  #tell(error: KaasError | undefined): void {
    const trouble = error === undefined ? undefined : `${error.code} ${error.message}`
    if (trouble === this.#trouble) return
    this.#trouble = trouble
    this.#options.trouble(error)
  }

  #wait(): Promise<void> {
    const { intervalMs } = this.#options
    const longer = Math.min(intervalMs * 2 ** Math.max(0, this.#failures - 1), Math.max(intervalMs, LONGEST_WAIT_MS))
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), longer * (0.9 + Math.random() * 0.2))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (this.#isStopped) this.#wake()
    })
  }
}
