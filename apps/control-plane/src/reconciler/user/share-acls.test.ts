// SPDX-License-Identifier: Apache-2.0
import { type ShareAccess, type UserSpec, userSchema } from '@kaas/domain'
import { expect, test } from 'vitest'
import { shareAclsFor } from './share-acls.ts'

type Roles = UserSpec['roles']
type Rule = UserSpec['access'][number]

function operationsFor(access: ShareAccess, roles: Roles, rules: readonly Partial<Rule>[] = []): readonly string[] {
  const spec = userSchema.shape.spec.parse({
    roles,
    access: rules.map((rule) => ({ resource: 'topic', name: 'sales', operations: ['all'], ...rule })),
  })
  const shares = [{ physicalName: 'shop.orders', name: 'sales', access }]
  return shareAclsFor('billing', 'app', spec, shares).map(({ operation }) => operation)
}

test.each<[string, ShareAccess, Roles, readonly Partial<Rule>[], readonly string[]]>([
  ['a consumer reads what is shared to be read', 'read', ['consumer'], [], ['read', 'describe']],
  ['a producer gets nothing of it', 'read', ['producer'], [], []],
  ['an administrator reads it, and its settings', 'read', ['admin'], [], ['read', 'describe', 'describeConfigs']],
  ['a producer writes what is shared to be written, and creates nothing', 'write', ['producer'], [], ['write', 'describe']],
  ['a consumer gets nothing of that', 'write', ['consumer'], [], []],
  ['both roles do both', 'read-write', ['producer', 'consumer'], [], ['write', 'describe', 'read']],
  ['who has no role has no right', 'read-write', [], [], []],
  ['a rule for the name holds as far as the share goes', 'read', [], [{}], ['read', 'describe', 'describeConfigs']],
  ['a rule to delete comes to nothing', 'read-write', [], [{ operations: ['delete', 'alter'] }], []],
  ['a rule for a prefix of the name holds', 'read', [], [{ name: 'sa', pattern: 'prefix', operations: ['read'] }], ['read']],
  ['a rule for all names holds', 'write', [], [{ name: '*', operations: ['write'] }], ['write']],
  ['a rule for another name does not hold', 'read', [], [{ name: 'orders' }], []],
  ['a rule for groups says nothing of topics', 'read', [], [{ resource: 'group' }], []],
])('%s', (_, access, roles, rules, expected) => {
  expect(operationsFor(access, roles, rules)).toEqual(expected)
})

test('a right on a shared topic is on exactly that topic, and a second name of an own one gives none', () => {
  const spec = userSchema.shape.spec.parse({ roles: ['consumer'] })
  const shares = [
    { physicalName: 'shop.orders', name: 'sales', access: 'read' as const },
    { physicalName: 'billing.invoices', name: 'bills', access: 'read-write' as const },
  ]
  const acls = shareAclsFor('billing', 'app', spec, shares)
  expect(new Set(acls.map(({ name, pattern, principal }) => `${principal} ${pattern} ${name}`))).toEqual(
    new Set(['User:billing.app literal shop.orders']),
  )
})
