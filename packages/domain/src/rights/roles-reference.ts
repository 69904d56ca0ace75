// SPDX-License-Identifier: Apache-2.0
/** The page `docs/reference/roles.md`, printed from what decides. */
import { type RightRule, VERBS, VIEW_KINDS } from './right.ts'
import { RIGHT_KINDS } from './right-kinds.ts'
import { SHIPPED_ROLES } from './shipped-roles.ts'

/** What a kind stands for that is no resource. */
const MEANINGS: { readonly [K in (typeof VIEW_KINDS)[number]]: string } = {
  Message: 'records of topics: read shows them, write produces',
  Group: 'consumer groups: write resets offsets',
  Credential: 'passwords and connection secrets of users: read tells them, write makes, ends and tests them',
  Plan: 'what an order would get; readable by who may read it anywhere',
  Series: 'usage and lag over time',
  Audit: 'the audit log',
  Token: 'tokens of machines and of other people; your own need no right',
  Session: 'sessions of other people, and who has signed in',
  Rights: 'why somebody else may or may not',
  Platform: 'capacity, placement and health of the platform',
}

/** The whole page. */
export function renderRolesReference(): string {
  const head = `| | ${SHIPPED_ROLES.map(({ name }) => `\`${name}\``).join(' | ')} |`
  const line = `|---|${SHIPPED_ROLES.map(() => '---').join('|')}|`
  const rows = RIGHT_KINDS.map(
    (kind) => `| ${kind} | ${SHIPPED_ROLES.map(({ rules }) => lettersOf(rules, kind)).join(' | ')} |`,
  )
  return [HEAD, head, line, ...rows, '', KINDS, ...VIEW_KINDS.map((kind) => `| ${kind} | ${MEANINGS[kind]} |`), TAIL].join(
    '\n',
  )
}

const HEAD = `# Roles

Printed from the table that decides. Who has which role is said by members of teams and by bindings: [the guide](../guides/roles.md).

What each shipped role gives, within the scope of its binding: **r** read (also lists and events), **w** write (make and change), **d** delete.
`

const KINDS = `All of them are kinds of resources, but for these:

| kind | what |
|---|---|`

const TAIL = `
Rights add up, and nothing forbids. \`*\` among the kinds of a rule stands for all, also for those of later versions. Roles and plans belong
to no team: to read them, the right anywhere is enough.
`

function lettersOf(rules: readonly RightRule[], kind: string): string {
  const given = VERBS.filter((verb) =>
    rules.some(({ verbs, kinds }) => verbs.includes(verb) && (kinds.includes(kind) || kinds.includes('*'))),
  )
  return given.map((verb) => verb.charAt(0)).join(' ') || '–'
}
