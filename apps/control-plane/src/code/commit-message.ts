// SPDX-License-Identifier: Apache-2.0
/** The message of a commit: what is done to which tenant, every generation in it, and who asked. Pure. */
import { messageFor } from '@kaas/gitops'
import type { StoredResource } from '@kaas/store'

/** A document whose change a commit carries. */
export type Carried = Pick<StoredResource, 'kind' | 'name' | 'generation'>

/** Who asked, and in a word or two what is done. */
export interface CommitWords {
  /** As the audit log names her. */
  readonly author: string
  /** As "change" or "remove Kafka of". */
  readonly verb: string
}

/** The message for changes of one tenant, whose own document has this generation. Several changes may share a commit. */
export function commitMessage(
  tenant: { readonly name: string; readonly generation: number },
  carried: readonly Carried[],
  { author, verb }: CommitWords,
): string {
  const reason = carried.map(({ kind, name, generation }) => `${kind}/${name} generation ${generation}`).join('\n')
  return messageFor({ tenant: tenant.name, generation: tenant.generation, author, verb, reason })
}

/** The committer of everything that the platform writes, whoever asked for it. */
export const PLATFORM_COMMITTER = { name: 'kaas', email: 'kaas@kaas.invalid' } as const

/** The author of a commit; the platform itself has no mailbox, and neither do its callers. */
export function commitAuthor(author: string): { readonly name: string; readonly email: string } {
  return { name: author, email: `${author.replace(/[^A-Za-z0-9-]+/g, '-')}@users.kaas.invalid` }
}
