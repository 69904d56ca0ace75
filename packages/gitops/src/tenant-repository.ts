// SPDX-License-Identifier: Apache-2.0
/** What the rest of the product knows of the Git repository of tenants. Paths are relative to its root and use slashes. */

/** Where the repository is and who writes. */
export interface RepositoryOptions {
  /** `https://…`, `ssh://…`, `git@host:…`, `file://…` or a path of a bare repository. Never with a password in it. */
  readonly url: string
  readonly branch: string
  /** Folder of the local copy, made when absent. Belongs to one process. */
  readonly directory: string
  readonly author: { readonly name: string; readonly email: string }
  /** File with `user:token` for HTTPS. */
  readonly credentialsFile?: string | undefined
  /** Private key for SSH, and the file of known hosts; an unknown host is refused. */
  readonly ssh?: { readonly keyFile: string; readonly knownHostsFile: string } | undefined
}

/** One change. `files` is asked again when somebody else pushed meanwhile, with what is there then. */
export interface CommitRequest {
  /** The whole message, with trailers. */
  readonly message: string
  /** Who asked for the change; the committer is the platform. */
  readonly author?: { readonly name: string; readonly email: string } | undefined
  /** Content by path; undefined removes the path. Paths that are not named stay as they are. */
  files(read: (path: string) => Promise<string | undefined>): Promise<ReadonlyMap<string, string | undefined>>
}

/** How a change ended: `commit` is the full hash of the branch that has it. */
export interface CommitOutcome {
  readonly kind: 'committed' | 'unchanged'
  readonly commit: string
}

/** What others changed. `rewritten` when the earlier commit is not part of the history any more: everything may differ. */
export interface ChangedPaths {
  readonly commit: string
  readonly paths: readonly string[]
  readonly rewritten: boolean
}

/**
 * An opened repository. Calls of one process are done one after the other. All throw `git-unavailable`, `git-refused` and
 * `git-changed`; after a throw nothing was pushed.
 */
export interface TenantRepository {
  /** Brings the copy up to date and tells the commit of the branch; undefined while the branch is empty. */
  fetch(): Promise<string | undefined>
  /** Content of a file in the fetched state, or at a commit. */
  read(path: string, commit?: string): Promise<string | undefined>
  /** Paths of files below a folder in the fetched state, sorted. */
  list(folder: string): Promise<readonly string[]>
  /** Paths changed between a commit and the fetched state; all paths when `since` is undefined. */
  changedSince(since: string | undefined): Promise<ChangedPaths>
  /** Commits and pushes; one commit, or none when nothing differs. */
  commit(request: CommitRequest): Promise<CommitOutcome>
  /** Ends running git processes. */
  close(): Promise<void>
}
