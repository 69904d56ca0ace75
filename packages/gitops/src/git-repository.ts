// SPDX-License-Identifier: Apache-2.0
/**
 * The repository of tenants over the git program: a bare copy that is brought up to date, changed object by object, and pushed
 * from. What the files mean is not known here.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { KaasError } from '@kaas/errors'
import { shownUrl } from './git-environment.ts'
import { HEAD_REF, type LocalCopy } from './local-copy.ts'
import { PathReader } from './path-reader.ts'
import { readHistory } from './read-history.ts'
import { RemoteBranch, refused } from './remote-branch.ts'
import { checkedPath } from './repository-path.ts'
import { refuseSecrets } from './secret-guard.ts'
import type {
  ChangedPaths,
  CommitEntry,
  CommitOutcome,
  CommitRequest,
  HistoryRequest,
  RepositoryOptions,
  TenantRepository,
} from './tenant-repository.ts'
import { writeCommit } from './write-commit.ts'

/** With waits that grow to a second or two: enough for dozens of writers at once. */
const TRIES = 12

/** Made by `openTenantRepository`, with a copy that is ready and its head; `close` ends git and gives the folder free. */
export class GitRepository implements TenantRepository {
  readonly #options: RepositoryOptions
  readonly #copy: LocalCopy
  readonly #paths: PathReader
  readonly #remote: RemoteBranch
  readonly #close: () => Promise<void>
  /** Of the branch, as last fetched or pushed. */
  #head: string | undefined
  /** Whether `#head` was seen on the server by this process. */
  #isKnown = false
  #last: Promise<unknown> = Promise.resolve()
  #mending: Promise<void> | undefined

  constructor(options: RepositoryOptions, copy: LocalCopy, head: string | undefined, close: () => Promise<void>) {
    this.#options = options
    this.#copy = copy
    this.#paths = new PathReader(copy.objects)
    this.#remote = new RemoteBranch(copy, options)
    this.#head = head
    this.#close = close
  }

  fetch(): Promise<string | undefined> {
    return this.#inTurn(() => this.#mended(() => this.#fetch()))
  }

  read(path: string, commit?: string): Promise<string | undefined> {
    return this.#mended(async () => {
      if (commit !== undefined && !(await this.#has(commit))) throw commitGone(this.#options, commit)
      return this.#readAt(commit ?? this.#head, path)
    })
  }

  list(folder: string): Promise<readonly string[]> {
    return this.#mended(async () => (this.#head === undefined ? [] : this.#listAt(this.#head, folder)))
  }

  changedSince(since: string | undefined): Promise<ChangedPaths | undefined> {
    return this.#mended(async () => {
      const commit = this.#head
      if (commit === undefined) return undefined
      if (since === undefined) return { commit, paths: await this.#listAt(commit, ''), rewritten: false }
      if (since === commit) return { commit, paths: [], rewritten: false }
      if (!(await this.#has(since))) {
        return { commit, paths: await this.#listAt(commit, ''), rewritten: true }
      }
      const ancestry = await this.#copy.run(['merge-base', '--is-ancestor', since, commit], '', [1])
      const differing = await this.#copy.run(['diff-tree', '-r', '-z', '--name-only', '--no-renames', since, commit])
      return { commit, paths: pathsIn(differing.stdout), rewritten: ancestry.code === 1 }
    })
  }

  history(request: HistoryRequest): Promise<readonly CommitEntry[]> {
    return this.#mended(async () => {
      if (this.#head === undefined) return []
      const isPart = request.since !== undefined && (await this.#has(request.since))
      return readHistory(this.#copy, this.#head, isPart ? request : { ...request, since: undefined })
    })
  }

  commit(request: CommitRequest): Promise<CommitOutcome> {
    return this.#inTurn(() => this.#mended(() => this.#commit(request)))
  }

  close(): Promise<void> {
    return this.#close()
  }

  async #fetch(): Promise<string | undefined> {
    const now = await this.#remote.head()
    if (now === undefined && this.#head !== undefined) throw branchGone(this.#options, this.#head)
    if (now !== this.#head) {
      await this.#remote.fetch()
      this.#head = await this.#copy.head()
      this.#copy.tidy()
    }
    this.#isKnown = true
    return this.#head
  }

  /** On what is known first: the lease tells when that is old, which is rare. */
  async #commit(request: CommitRequest): Promise<CommitOutcome> {
    if (!this.#isKnown) await this.#fetch()
    let words = ''
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const base = this.#head
      const changes = await this.#changes(base, request)
      if (changes.size === 0) {
        if ((await this.#fetch()) === base) return { kind: 'unchanged', commit: base }
        continue
      }
      const commit = await writeCommit(this.#copy, this.#newCommit(base, changes, request))
      const outcome = await this.#remote.push(commit, base)
      if (outcome.kind === 'pushed') return { kind: 'committed', commit: await this.#moveTo(commit) }
      words = outcome.words
      await sleep(Math.random() * Math.min(2000, 50 * 2 ** attempt))
      const isSame = (await this.#fetch()) === base
      if (isSame && attempt === TRIES - 1) throw refused(this.#options, words)
    }
    throw changedTooOften(this.#options, words)
  }

  async #changes(base: string | undefined, request: CommitRequest): Promise<ReadonlyMap<string, string | undefined>> {
    const wanted = await request.files((path) => this.#readAt(base, path))
    const sorted = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))
    const before = await Promise.all(sorted.map(([path]) => this.#readAt(base, path)))
    const changes = new Map(sorted.filter(([, content], index) => content !== before[index]))
    refuseSecrets(changes)
    return changes
  }

  #newCommit(base: string | undefined, changes: ReadonlyMap<string, string | undefined>, request: CommitRequest) {
    const { author: committer } = this.#options
    return { base, changes, message: request.message, author: request.author ?? committer, committer, at: new Date() }
  }

  async #moveTo(commit: string): Promise<string> {
    this.#head = commit
    await this.#copy.run(['update-ref', HEAD_REF, commit])
    this.#copy.tidy()
    return commit
  }

  async #readAt(commit: string | undefined, path: string): Promise<string | undefined> {
    return commit === undefined ? undefined : this.#paths.read(commit, path)
  }

  async #has(commit: string): Promise<boolean> {
    return /^[0-9a-f]{40,64}$/.test(commit) && (await this.#copy.objects.read(`${commit}^{commit}`)) !== undefined
  }

  async #listAt(commit: string, folder: string): Promise<readonly string[]> {
    const below = folder === '' ? [] : ['--', `${checkedPath(folder)}/`]
    const { stdout } = await this.#copy.run(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit, ...below])
    return pathsIn(stdout)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => {})
    return turn
  }

  /** A damaged copy is made anew, once for all who met the damage, and the work is done again. */
  async #mended<T>(work: () => Promise<T>): Promise<T> {
    await this.#mending
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof KaasError) || error.code !== 'stored-data-corrupt') throw error
      this.#mending ??= this.#makeAnew().finally(() => {
        this.#mending = undefined
      })
      await this.#mending
      return await work()
    }
  }

  async #makeAnew(): Promise<void> {
    await this.#copy.replace()
    if ((await this.#remote.head()) === undefined) {
      if (this.#head !== undefined) throw branchGone(this.#options, this.#head)
      return
    }
    await this.#remote.fetch()
    this.#head = await this.#copy.head()
  }
}

function pathsIn(output: string): readonly string[] {
  return output
    .split('\0')
    .filter((path) => path !== '')
    .sort()
}

function branchGone({ branch, url }: RepositoryOptions, head: string): KaasError {
  return new KaasError('git-unavailable', {
    message: `The branch ${branch} is gone from ${shownUrl(url)}; its last commit was ${head}.`,
    help: `Push it again (git push <address> ${head}:refs/heads/${branch}), or remove the local copy to begin with an empty branch.`,
  })
}

function commitGone({ url }: RepositoryOptions, commit: string): KaasError {
  return new KaasError('git-changed', {
    message: `Commit ${commit} is not in ${shownUrl(url)}: its history was rewritten, or it never was.`,
    help: 'Read everything again from the newest commit.',
  })
}

function changedTooOften({ branch, url }: RepositoryOptions, words: string): KaasError {
  return new KaasError('git-changed', {
    message: `Others pushed to ${branch} of ${shownUrl(url)} each time: ${TRIES} tries, the last with "${words}". Nothing was pushed.`,
    help: 'Try again; look who pushes with "git log".',
  })
}
