// SPDX-License-Identifier: Apache-2.0
/** What the rest of the product knows of the Git repository of tenants. Paths are relative to its root and use slashes. */

/** Where the repository is and who writes. */
export interface RepositoryOptions {
  /** `https://…`, `ssh://…`, `git@host:…`, `file://…` or a path of a bare repository. Never with a password in it. */
  readonly url: string
  readonly branch: string
  /** Folder of the local copy, made when absent. Belongs to one process. It can be lost: all of it comes from the repository. */
  readonly directory: string
  readonly author: { readonly name: string; readonly email: string }
  /** File with `user:token` for HTTPS, read anew for every call of the server, so that it may be renewed at any time. */
  readonly credentialsFile?: string | undefined
  /** CA of the server for HTTPS, in PEM; the CAs of the system when absent. */
  readonly caFile?: string | undefined
  /** Private key for SSH, and the file of known hosts; an unknown host is refused. */
  readonly ssh?: { readonly keyFile: string; readonly knownHostsFile: string } | undefined
  /**
   * True when a person runs this: what is not given above comes from her own git settings, credential helpers, SSH agent and known
   * hosts, as for every git command of hers. Nobody is asked anything in either case.
   */
  readonly isPerson?: boolean | undefined
  /** How long one call of the server may take; a minute when absent. */
  readonly timeoutMs?: number | undefined
}

/** One change. `files` is asked again when somebody else pushed meanwhile, with what is there then. */
export interface CommitRequest {
  /** The whole message, with trailers (`messageFor`). */
  readonly message: string
  /** Who asked for the change; the committer is the platform. */
  readonly author?: { readonly name: string; readonly email: string } | undefined
  /** Content by path; undefined removes the path. Paths that are not named stay as they are. */
  files(read: (path: string) => Promise<string | undefined>): Promise<ReadonlyMap<string, string | undefined>>
}

/** How a change ended: `commit` is the full hash of the branch that has it, undefined only when the branch is still empty. */
export type CommitOutcome =
  | { readonly kind: 'committed'; readonly commit: string }
  | { readonly kind: 'unchanged'; readonly commit: string | undefined }

/**
 * What others changed. `rewritten` when the earlier commit is not part of the history any more: everything may differ, also
 * what is not among the paths.
 */
export interface ChangedPaths {
  readonly commit: string
  readonly paths: readonly string[]
  readonly rewritten: boolean
}

/** One commit of the branch, as `git log` tells it. */
export interface CommitEntry {
  readonly commit: string
  readonly author: { readonly name: string; readonly email: string }
  /** Who brought it into the branch: the platform itself, or the Git server for a merged pull request. */
  readonly committer: { readonly name: string; readonly email: string }
  readonly at: Date
  /** `changeOf` finds in it what the platform wrote. */
  readonly message: string
}

/** Which commits are told. */
export interface HistoryRequest {
  /** Only commits after this one; the whole history when absent, or when it is not part of it any more. */
  readonly since?: string | undefined
  /** Only commits that changed this file or something below this folder. */
  readonly path?: string | undefined
  /** At most so many; 100 when absent. */
  readonly limit?: number | undefined
}

/**
 * An opened repository. `fetch` and `commit` are done one after the other; reads answer at once, also inside `files`. What
 * needs the server throws `git-unavailable` (away, or it does not know us: try again), `git-refused` (it does not take this
 * change) and `git-changed` (others were faster, too often). After a throw nothing of the change is in the branch; only when
 * the connection broke before the answer this cannot be known, and the message says so: the same commit again is then safe.
 */
export interface TenantRepository {
  /** Brings the copy up to date and tells the commit of the branch; undefined while the branch is empty. */
  fetch(): Promise<string | undefined>
  /** Content of a file in the fetched state, or at a commit. */
  read(path: string, commit?: string): Promise<string | undefined>
  /** Paths of files below a folder in the fetched state, sorted; '' is the whole repository. */
  list(folder: string): Promise<readonly string[]>
  /** Paths changed between a commit and the fetched state; all paths when `since` is undefined. Undefined while the branch is empty. */
  changedSince(since: string | undefined): Promise<ChangedPaths | undefined>
  /** Commits of the fetched state, newest first: who changed what and why. */
  history(request: HistoryRequest): Promise<readonly CommitEntry[]>
  /** Commits and pushes; one commit, or none when nothing differs. Throws `secret-in-git` for content that no repository may hold. */
  commit(request: CommitRequest): Promise<CommitOutcome>
  /** Ends running git processes and gives the copy free for another process. */
  close(): Promise<void>
}
