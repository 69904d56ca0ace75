// SPDX-License-Identifier: Apache-2.0
/** The branch on the server: asking for it, fetching it, pushing to it. */
import { KaasError } from '@kaas/errors'
import { shownUrl } from './git-environment.ts'
import { remoteWords, serverFailure } from './git-failure.ts'
import type { GitResult } from './git-process.ts'
import { HEAD_REF, type LocalCopy } from './local-copy.ts'
import type { RepositoryOptions } from './tenant-repository.ts'

const TIMEOUT_MS = 60_000

/** Reasons of a rejection that only say that somebody else was faster. */
const RACED =
  /stale info|fetch first|non-fast-forward|cannot lock ref|incorrect old value|already exists|failed to update ref|remote ref updated/

/** How a push ended: in the branch, or not because the branch moved; `words` are those of the server. */
export type PushOutcome = { readonly kind: 'pushed' } | { readonly kind: 'raced'; readonly words: string }

/** One branch of the server. All calls throw `git-unavailable`, `git-refused`, and `stored-data-corrupt` about the copy. */
export class RemoteBranch {
  readonly #copy: LocalCopy
  readonly #options: RepositoryOptions
  readonly #ref: string

  constructor(copy: LocalCopy, options: RepositoryOptions) {
    this.#copy = copy
    this.#options = options
    this.#ref = `refs/heads/${options.branch}`
  }

  /** The commit of the branch, without fetching anything; undefined when there is no such branch. */
  async head(): Promise<string | undefined> {
    const result = await this.#run(['ls-remote', '--quiet', '--', this.#options.url, this.#ref])
    if (result.code !== 0) throw serverFailure(result, this.#options).error
    const line = result.stdout.split('\n').find((each) => each.endsWith(`\t${this.#ref}`))
    return line?.split('\t')[0]
  }

  /** Brings what the branch has into the copy, also when its history was rewritten. */
  async fetch(): Promise<void> {
    const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--no-recurse-submodules']
    const result = await this.#run(['fetch', ...options, '--', this.#options.url, `+${this.#ref}:${HEAD_REF}`])
    if (result.code !== 0) throw serverFailure(result, this.#options).error
  }

  /** Moves the branch from `base` (undefined: there is none yet) to `commit`, or leaves it as it is. */
  async push(commit: string, base: string | undefined): Promise<PushOutcome> {
    const lease = `--force-with-lease=${this.#ref}:${base ?? ''}`
    const result = await this.#run([
      'push',
      '--porcelain',
      '--no-verify',
      lease,
      '--',
      this.#options.url,
      `${commit}:${this.#ref}`,
    ])
    const status = result.stdout.split('\n').find((line) => line.includes(`:${this.#ref}\t`))
    if (status === undefined) return this.#withoutAnswer(result, commit, base)
    if (!status.startsWith('!')) return { kind: 'pushed' }
    const reason = status.split('\t')[2] ?? ''
    const words = [reason, remoteWords(result.stderr)].join(': ')
    if (RACED.test(reason)) return { kind: 'raced', words }
    throw refused(this.#options, words)
  }

  /** Whether the change arrived is asked, since the connection may have broken after the server had taken it. */
  async #withoutAnswer(result: GitResult, commit: string, base: string | undefined): Promise<PushOutcome> {
    const { error, sure } = serverFailure(result, this.#options)
    if (sure) throw error
    const now = await this.head().catch(() => 'unknown')
    if (now === commit) return { kind: 'pushed' }
    if (now === base) throw error
    if (now !== 'unknown') return { kind: 'raced', words: error.message }
    throw new KaasError('git-unavailable', {
      message: `${error.message} Whether the change arrived is not known.`,
      help: 'Try again: a change that arrived is not made twice.',
      cause: error,
    })
  }

  #run(args: readonly string[]): Promise<GitResult> {
    return this.#copy.runWithServer(args, this.#options.timeoutMs ?? TIMEOUT_MS)
  }
}

/** The server was reached and did not take a change. */
export function refused(options: RepositoryOptions, words: string): KaasError {
  return new KaasError('git-refused', {
    message: `${shownUrl(options.url)} did not take the change to ${options.branch}: ${words}`,
    help: 'Do what the server says, or let the account of the credentials push to the branch.',
  })
}
