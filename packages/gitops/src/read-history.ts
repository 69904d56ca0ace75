// SPDX-License-Identifier: Apache-2.0
/** The log of a branch as data. */
import type { LocalCopy } from './local-copy.ts'
import { checkedPath } from './repository-path.ts'
import type { CommitEntry, HistoryRequest } from './tenant-repository.ts'

const FIELDS = ['%H', '%an', '%ae', '%cn', '%ce', '%cI', '%B']

/** Commits up to `head`, newest first. `request.since` must be in the copy. Throws `stored-data-corrupt`. */
export async function readHistory(copy: LocalCopy, head: string, request: HistoryRequest): Promise<readonly CommitEntry[]> {
  const { limit = 100, path, since } = request
  const range = since === undefined ? [head] : [head, `^${since}`]
  const paths = path === undefined ? [] : [checkedPath(path)]
  const format = `--format=tformat:${FIELDS.join('%x00')}`
  const { stdout } = await copy.run([
    'log',
    '-z',
    '--no-show-signature',
    `--max-count=${limit}`,
    format,
    ...range,
    '--',
    ...paths,
  ])
  const values = stdout.split('\0')
  return Array.from({ length: Math.floor(values.length / FIELDS.length) }, (_, index) =>
    entryOf(values.slice(index * FIELDS.length, (index + 1) * FIELDS.length)),
  )
}

function entryOf(values: readonly string[]): CommitEntry {
  const [commit = '', name = '', email = '', committerName = '', committerEmail = '', at = '', message = ''] = values
  const committer = { name: committerName, email: committerEmail }
  return { commit, author: { name, email }, committer, at: new Date(at), message }
}
