// SPDX-License-Identifier: Apache-2.0
/** What a user may do, in sentences. Pure. */
import type { AccessRule, UserSpec } from '@kaas/domain'

/** One sentence for each role and rule; one that says so when there is none. */
export function accessWords(tenant: string, spec: UserSpec): readonly string[] {
  const words = [
    ...spec.roles.flatMap((role) => roleWords(tenant, role)),
    ...spec.access.map((rule) => ruleWords(tenant, rule)),
  ]
  return words.length === 0 ? ['may log in, and sees nothing: she has no role and no rule'] : words
}

function roleWords(tenant: string, role: UserSpec['roles'][number]): readonly string[] {
  switch (role) {
    case 'admin':
      return [`may do everything with all topics, groups and transactions of ${tenant}`]
    case 'producer':
      return [`may write every topic of ${tenant}, create topics, and use transactions`]
    case 'consumer':
      return [`may read every topic of ${tenant}, in any consumer group`]
    default:
      return role satisfies never
  }
}

function ruleWords(tenant: string, { resource, name, pattern, operations }: AccessRule): string {
  return `may ${listOf(operations.map((operation) => OPERATION[operation]))} ${targetWords(tenant, resource, name, pattern)}`
}

function targetWords(
  tenant: string,
  resource: AccessRule['resource'],
  name: string,
  pattern: AccessRule['pattern'],
): string {
  const { one, many } = RESOURCE[resource]
  if (name === '*') return `every ${one} of ${tenant}`
  return pattern === 'prefix' ? `${many} whose name begins with "${name}"` : `the ${one} "${name}"`
}

const RESOURCE = {
  topic: { one: 'topic', many: 'topics' },
  group: { one: 'consumer group', many: 'consumer groups' },
  transactionalId: { one: 'transactional id', many: 'transactional ids' },
} as const

const OPERATION: Readonly<Record<AccessRule['operations'][number], string>> = {
  read: 'read',
  write: 'write',
  create: 'create',
  delete: 'delete',
  alter: 'alter',
  describe: 'see',
  describeConfigs: 'see the settings of',
  alterConfigs: 'change the settings of',
  all: 'do everything with',
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
