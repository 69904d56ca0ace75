// SPDX-License-Identifier: Apache-2.0

import { namesOf } from '@kaas/domain'
import type { Acl } from '@kaas/kafka-admin'
import { expect, test } from 'vitest'
import { accessWords } from './access-words.ts'
import { type AccessCase, decideAccess } from './decide-access.ts'
import { originsOf } from './origins.ts'

const ALLOW: Acl = {
  resource: 'topic',
  name: 'orders.',
  pattern: 'prefixed',
  principal: 'User:orders.app',
  host: '*',
  operation: 'read',
  permission: 'allow',
}
const ASKED: AccessCase = { principal: 'User:orders.app', resource: 'topic', name: 'orders.payments', operation: 'read' }

test.each<readonly [string, readonly Partial<Acl>[], Partial<AccessCase>, boolean]>([
  ['a prefix allows what begins with it', [{}], {}, true],
  ['nothing allows without an ACL', [], {}, false],
  ['reading implies seeing', [{}], { operation: 'describe' }, true],
  ['seeing does not imply reading', [{ operation: 'describe' }], {}, false],
  ['changing settings implies seeing them', [{ operation: 'alterConfigs' }], { operation: 'describeConfigs' }, true],
  [
    'a denial wins over the most exact permission',
    [{ name: 'orders.payments', pattern: 'literal' }, { permission: 'deny' }],
    {},
    false,
  ],
  ['denying to see does not deny to read', [{}, { permission: 'deny', operation: 'describe' }], {}, true],
  ['denying to read does not deny to see', [{}, { permission: 'deny' }], { operation: 'describe' }, true],
  ['denying all denies each', [{}, { permission: 'deny', operation: 'all' }], {}, false],
  ['the wildcard of Kafka counts for every name', [{ name: '*', pattern: 'literal' }], {}, true],
  ['a literal name is not a prefix', [{ name: 'orders.pay', pattern: 'literal' }], {}, false],
  ['another user’s ACL counts for nothing', [{ principal: 'User:orders.other' }], {}, false],
  ['what everybody may, she may', [{ principal: 'User:*' }], {}, true],
  ['a right from one address is no right from everywhere', [{ host: '10.0.0.1' }], {}, false],
  ['a right on groups is none on topics', [{ resource: 'group' }], {}, false],
])('%s', (_, acls, asked, allowed) => {
  const all = acls.map((acl) => ({ ...ALLOW, ...acl }))
  expect(decideAccess(all, { ...ASKED, ...asked }).allowed).toBe(allowed)
})

const SPEC = {
  authentication: 'scram-sha-512',
  roles: ['producer'],
  access: [
    { resource: 'topic', name: '*', pattern: 'literal', operations: ['write'] },
    { resource: 'group', name: 'reports-', pattern: 'prefix', operations: ['read', 'describe'] },
  ],
  quotas: {},
} as const

test('every ACL says which role or rule it comes from, and sentences say what it means', () => {
  const spec = structuredClone(SPEC) as never
  const origins = originsOf(namesOf('orders', 'virtual'), 'app', spec)
  expect(origins.map(({ acl, from }) => `${acl.resource} ${acl.name} ${acl.operation}: ${from}`)).toEqual([
    'topic orders. write: role producer and rule 1',
    'topic orders. describe: role producer',
    'topic orders. create: role producer',
    'transactionalId orders. write: role producer',
    'transactionalId orders. describe: role producer',
    'group orders.reports- read: rule 2',
    'group orders.reports- describe: rule 2',
  ])
  expect(accessWords('orders', spec)).toEqual([
    'may write every topic of orders, create topics, and use transactions',
    'may write every topic of orders',
    'may read and see consumer groups whose name begins with "reports-"',
  ])
  expect(accessWords('orders', { ...SPEC, roles: [], access: [] } as never)[0]).toMatch(/sees nothing/)
})
