// SPDX-License-Identifier: Apache-2.0
import { type UserSpec, userSchema } from '@kaas/domain'
import type { Acl } from '@kaas/kafka-admin'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aclDifference, aclsFor } from './acls-for.ts'

const spec = (partial: Partial<UserSpec>) => userSchema.shape.spec.parse(partial)
const short = ({ resource, name, pattern, operation }: Acl) => `${operation} ${resource} ${pattern} ${name}`

test.each([
  [['admin'], ['all topic prefixed orders.', 'all group prefixed orders.', 'all transactionalId prefixed orders.']],
  [
    ['producer'],
    [
      'write topic prefixed orders.',
      'describe topic prefixed orders.',
      'create topic prefixed orders.',
      'write transactionalId prefixed orders.',
      'describe transactionalId prefixed orders.',
    ],
  ],
  [
    ['consumer'],
    [
      'read topic prefixed orders.',
      'describe topic prefixed orders.',
      'read group prefixed orders.',
      'describe group prefixed orders.',
    ],
  ],
  [[], []],
] as const)('the roles %j come to exactly these rights', (roles, expected) => {
  expect(aclsFor('orders', 'app', spec({ roles: [...roles] })).map(short)).toEqual(expected)
})

test('two roles that share a right give it once', () => {
  const acls = aclsFor('orders', 'app', spec({ roles: ['producer', 'consumer'] }))
  expect(new Set(acls.map(short)).size).toBe(acls.length)
  expect(acls).toHaveLength(8)
})

test('an exact rule names one thing of the tenant, and a star all of the tenant, never of the cluster', () => {
  const acls = aclsFor(
    'orders',
    'app',
    spec({
      access: [
        { resource: 'topic', name: 'payments', pattern: 'literal', operations: ['read'] },
        { resource: 'group', name: 'web-', pattern: 'prefix', operations: ['read', 'delete'] },
        { resource: 'topic', name: '*', pattern: 'literal', operations: ['describe'] },
      ],
    }),
  )
  expect(acls.map(short)).toEqual([
    'read topic literal orders.payments',
    'read group prefixed orders.web-',
    'delete group prefixed orders.web-',
    'describe topic prefixed orders.',
  ])
})

test('whatever a document says, no right leaves the prefix of the tenant', () => {
  const rule = fc.record({
    resource: fc.constantFrom('topic', 'group', 'transactionalId'),
    name: fc.string({ minLength: 1 }),
    pattern: fc.constantFrom('literal', 'prefix'),
    operations: fc.uniqueArray(fc.constantFrom('read', 'write', 'all'), { minLength: 1 }),
  })
  fc.assert(
    fc.property(fc.array(rule), fc.subarray(['admin', 'producer', 'consumer']), (access, roles) => {
      const acls = aclsFor('orders', 'app', spec({ access, roles } as Partial<UserSpec>))
      expect(acls.every(({ name, principal }) => name.startsWith('orders.') && principal === 'User:orders.app')).toBe(true)
    }),
  )
})

test('the difference is what is missing and what is too much, and nothing when both are the same', () => {
  const wanted = aclsFor('orders', 'app', spec({ roles: ['consumer'] }))
  expect(aclDifference(wanted, wanted)).toEqual({ add: [], remove: [] })
  const foreign = { ...(wanted[0] as Acl), name: 'shop.' }
  expect(aclDifference([...wanted.slice(1), foreign], wanted)).toEqual({ add: [wanted[0]], remove: [foreign] })
})
