// SPDX-License-Identifier: Apache-2.0
/**
 * Makes a commit in the copy by `git fast-import`: one process, which reads only the folders on the way to a changed path. So its
 * time follows the change and the length of these folders, not the number of files.
 */
import type { LocalCopy } from './local-copy.ts'

interface Person {
  readonly name: string
  readonly email: string
}

/** A commit to be made. Content undefined removes the path. */
export interface NewCommit {
  readonly base: string | undefined
  readonly changes: ReadonlyMap<string, string | undefined>
  readonly message: string
  readonly author: Person
  readonly committer: Person
  readonly at: Date
}

/** Writes the objects and tells the hash. The branch is not touched; throws `stored-data-corrupt` when git cannot. */
export async function writeCommit(copy: LocalCopy, commit: NewCommit): Promise<string> {
  const result = await copy.run(['fast-import', '--quiet', '--force', '--done', '--date-format=raw'], importStream(commit))
  return result.stdout.trim()
}

/** What git is told, as bytes; the last line asks for the hash. */
export function importStream(commit: NewCommit): Buffer {
  const when = `${Math.floor(commit.at.getTime() / 1000)} +0000`
  const parts: (string | Buffer)[] = [
    'commit refs/kaas/new\nmark :1\n',
    `author ${identity(commit.author)} ${when}\ncommitter ${identity(commit.committer)} ${when}\n`,
    ...data(commit.message.replaceAll('\0', '').trimEnd().concat('\n')),
    ...(commit.base === undefined ? [] : [`from ${commit.base}\n`]),
  ]
  for (const [path, content] of commit.changes) {
    if (content === undefined) parts.push(`D ${path}\n`)
    else parts.push(`M 100644 inline ${path}\n`, ...data(content))
  }
  parts.push('\nget-mark :1\ndone\n')
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
}

function data(text: string): readonly (string | Buffer)[] {
  const bytes = Buffer.from(text)
  return [`data ${bytes.length}\n`, bytes, '\n']
}

/** Git's form of a person has no quoting: what would end a part is left out. */
function identity({ email, name }: Person): string {
  const clean = (text: string) => Array.from(text, (each) => (each < ' ' || '<>'.includes(each) ? ' ' : each)).join('')
  return `${clean(name).trim() || 'unknown'} <${clean(email).replaceAll(' ', '')}>`
}
