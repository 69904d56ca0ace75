// SPDX-License-Identifier: Apache-2.0
/** The form of a user: how she logs in, roles or exact rules, quotas; and what the roles mean in words. */
import { type AccessRule, API_VERSION, parseRate, parseUserName, ROLE_RIGHTS, type UserSpec } from '@kaas/domain'
import { asKaasError } from '@kaas/errors'

/** The form. `rules` count only with `rights: 'rules'`. */
export interface UserForm {
  readonly name: string
  readonly authentication: UserSpec['authentication']
  readonly rights: 'roles' | 'rules'
  readonly roles: readonly UserSpec['roles'][number][]
  readonly rules: readonly AccessRule[]
  readonly produce: string
  readonly consume: string
}

/** A form for the most usual user: one that writes and reads. */
export const EMPTY_USER_FORM: UserForm = {
  name: '',
  authentication: 'scram-sha-512',
  rights: 'roles',
  roles: ['producer', 'consumer'],
  rules: [],
  produce: '',
  consume: '',
}

/** A rule as it begins. */
export const NEW_RULE: AccessRule = { resource: 'topic', name: '', pattern: 'literal', operations: ['read', 'describe'] }

/** What each way to log in means. */
export const AUTHENTICATION_WORDS: Readonly<Record<UserSpec['authentication'], string>> = {
  'scram-sha-512': 'Password (SCRAM-SHA-512)',
  'scram-sha-256': 'Password (SCRAM-SHA-256)',
  tls: 'Client certificate',
  oauth: 'Token of your identity provider',
}

/** What each role means. */
export const ROLE_WORDS: Readonly<Record<UserSpec['roles'][number], string>> = {
  admin: 'May do everything with topics, groups and transactions of the tenant.',
  producer: 'May write to every topic, create topics, and use transactions.',
  consumer: 'May read every topic, in any group.',
}

/** What is wrong, by field: `name`, `roles`, `rules.0`, `produce`, `consume`. */
export function userProblems(form: UserForm): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  const put = (field: string, parse: () => unknown) => {
    try {
      parse()
    } catch (error) {
      problems[field] = asKaasError(error).message
    }
  }
  if (form.name !== '') put('name', () => parseUserName(form.name))
  if (form.produce.trim() !== '') put('produce', () => parseRate(form.produce))
  if (form.consume.trim() !== '') put('consume', () => parseRate(form.consume))
  if (form.rights === 'rules')
    form.rules.forEach(({ name, operations }, index) => {
      if (name === '') problems[`rules.${index}`] = 'Write a name, or * with "all that begin with" for all of them.'
      else if (operations.length === 0) problems[`rules.${index}`] = 'Choose at least one operation.'
    })
  return problems
}

/** The document of a form without problems. */
export function userDocument(form: UserForm, tenant: string): unknown {
  const quotas = {
    ...(form.produce.trim() !== '' && { produce: form.produce.trim() }),
    ...(form.consume.trim() !== '' && { consume: form.consume.trim() }),
  }
  return {
    apiVersion: API_VERSION,
    kind: 'User',
    metadata: { name: form.name, tenant },
    spec: {
      authentication: form.authentication,
      roles: form.rights === 'roles' ? form.roles : [],
      access: form.rights === 'rules' ? form.rules : [],
      quotas,
    },
  }
}

/** The rules that roles stand for, to begin exact ones with. */
export function rulesOfRoles(roles: UserForm['roles']): readonly AccessRule[] {
  return roles.flatMap((role) =>
    ROLE_RIGHTS[role].map(
      ([resource, operations]): AccessRule => ({
        resource,
        name: '*',
        pattern: 'prefix',
        operations: [...operations],
      }),
    ),
  )
}

/** One rule as a sentence: `may read and describe topics that begin with "pay"`. */
export function sayRule({ resource, name, pattern, operations }: AccessRule): string {
  const what = operations.includes('all')
    ? 'do everything with'
    : joined(operations.map((operation) => OPERATION_WORDS[operation]))
  const all = RESOURCE_WORDS[resource]
  const which =
    name === '*'
      ? `every ${all.one}`
      : pattern === 'prefix'
        ? `${all.many} that begin with "${name}"`
        : `the ${all.one} "${name}"`
  return `may ${what} ${which}`
}

const OPERATION_WORDS: Readonly<Record<AccessRule['operations'][number], string>> = {
  read: 'read',
  write: 'write',
  create: 'create',
  delete: 'delete',
  alter: 'change',
  describe: 'see',
  describeConfigs: 'see settings of',
  alterConfigs: 'change settings of',
  all: 'do everything with',
}

const RESOURCE_WORDS = {
  topic: { one: 'topic', many: 'topics' },
  group: { one: 'group', many: 'groups' },
  transactionalId: { one: 'transactional id', many: 'transactional ids' },
} as const satisfies Record<AccessRule['resource'], { readonly one: string; readonly many: string }>

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
