// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AclEntry, type AclQuery, logicalAcl, matches, physicalAcl, physicalQuery } from './acl-view.ts'

const PREFIX = 'orders.'
const [TOPIC, GROUP, CLUSTER, TRANSACTIONAL_ID, TOKEN, USER] = [2, 3, 4, 5, 6, 7]
const [ANY, MATCH, LITERAL, PREFIXED] = [1, 2, 3, 4]

const acl: AclEntry = {
  resourceType: TOPIC,
  resourceName: 'payments',
  patternType: LITERAL,
  principal: 'User:app',
  host: '*',
  operation: 3,
  permissionType: 3,
}
const everything: AclQuery = {
  resourceTypeFilter: ANY,
  resourceNameFilter: null,
  patternTypeFilter: ANY,
  principalFilter: null,
  hostFilter: null,
  operation: ANY,
  permissionType: ANY,
}

test('an ACL of a client gets the prefix in its resource and its principal', () => {
  expect(physicalAcl(PREFIX, acl)).toEqual({ ...acl, resourceName: 'orders.payments', principal: 'User:orders.app' })
  expect(physicalAcl(PREFIX, { ...acl, patternType: PREFIXED })).toMatchObject({
    resourceName: 'orders.payments',
    patternType: PREFIXED,
  })
})

test('all of the tenant’s is the resource *: on the cluster everything behind its prefix, never everything', () => {
  const physical = physicalAcl(PREFIX, { ...acl, resourceName: '*' })
  expect(physical).toMatchObject({ resourceName: 'orders.', patternType: PREFIXED })
  expect(logicalAcl(PREFIX, physical as AclEntry)).toMatchObject({ resourceName: '*', patternType: LITERAL })
})

test('a user may be named as she logs in, too', () => {
  expect(physicalAcl(PREFIX, { ...acl, principal: 'User:orders.app' })).toMatchObject({ principal: 'User:orders.app' })
})

test.each([
  ['the cluster', { resourceType: CLUSTER, resourceName: 'kafka-cluster' }],
  ['a delegation token', { resourceType: TOKEN }],
  ['a user', { resourceType: USER }],
  ['any resource', { resourceType: ANY }],
  ['everybody', { principal: 'User:*' }],
  ['a user of another tenant', { principal: 'User:shop.app' }],
  ['a group of users', { principal: 'Group:admins' }],
  ['nobody', { principal: 'User:' }],
  ['a pattern that is a filter', { patternType: MATCH }],
  ['a resource without a name', { resourceName: '' }],
])('an ACL for %s is refused with a sentence', (_, change) => {
  expect(physicalAcl(PREFIX, { ...acl, ...change })).toMatch(/\.$/)
})

test.each([
  ['the topic of another tenant', { resourceName: 'shop.payments' }],
  ['a prefix that reaches beyond the tenant', { resourceName: 'o', patternType: PREFIXED }],
  ['the wildcard of the cluster', { resourceName: '*' }],
  ['another tenant’s user on an own topic', { principal: 'User:shop.app' }],
  ['everybody on an own topic', { principal: 'User:*' }],
  ['the cluster', { resourceType: CLUSTER, resourceName: 'orders.cluster' }],
  ['a topic that is called like the prefix', { resourceName: 'orders.' }],
])('an ACL on the cluster for %s is not seen', (_, change) => {
  const physical = { ...acl, resourceName: 'orders.payments', principal: 'User:orders.app', ...change }
  expect(logicalAcl(PREFIX, physical)).toBeUndefined()
})

test('what a tenant creates it sees again as it was written', () => {
  const name = fc.stringMatching(/^[a-z][a-z._-]{0,9}$/)
  const acls = fc.record({
    ...Object.fromEntries(Object.entries(acl).map(([key, value]) => [key, fc.constant(value)])),
    resourceType: fc.constantFrom(TOPIC, GROUP, TRANSACTIONAL_ID),
    resourceName: fc.oneof(name, fc.constant('*')),
    patternType: fc.constantFrom(LITERAL, PREFIXED),
    principal: fc.stringMatching(/^[a-z][a-z-]{0,9}$/).map((user) => `User:${user}`),
  }) as fc.Arbitrary<AclEntry>
  fc.assert(
    fc.property(acls, (original) => {
      const expected = original.resourceName === '*' ? { ...original, patternType: LITERAL } : original
      expect(logicalAcl(PREFIX, physicalAcl(PREFIX, original) as AclEntry)).toEqual(expected)
    }),
  )
})

test('a question never narrows to more than the tenant can mean, and asks for exact names where there are some', () => {
  expect(physicalQuery(PREFIX, everything)).toEqual(everything)
  expect(
    physicalQuery(PREFIX, {
      ...everything,
      resourceNameFilter: 'payments',
      patternTypeFilter: LITERAL,
      principalFilter: 'User:app',
    }),
  ).toMatchObject({ resourceNameFilter: 'orders.payments', patternTypeFilter: LITERAL, principalFilter: 'User:orders.app' })
  const wildcard = { ...everything, resourceNameFilter: '*', patternTypeFilter: LITERAL }
  expect(physicalQuery(PREFIX, wildcard)).toMatchObject({ resourceNameFilter: null, patternTypeFilter: ANY })
})

test.each([
  ['everything', {}, true],
  ['the name', { resourceNameFilter: 'payments', patternTypeFilter: LITERAL }, true],
  ['another name', { resourceNameFilter: 'refunds', patternTypeFilter: LITERAL }, false],
  ['the name as a prefix', { resourceNameFilter: 'payments', patternTypeFilter: PREFIXED }, false],
  ['what concerns the name', { resourceNameFilter: 'payments', patternTypeFilter: MATCH }, true],
  ['the user', { principalFilter: 'User:app' }, true],
  ['the user as she logs in', { principalFilter: 'User:orders.app' }, true],
  ['another user', { principalFilter: 'User:other' }, false],
  ['a user of another tenant', { principalFilter: 'User:shop.app' }, false],
  ['groups', { resourceTypeFilter: GROUP }, false],
  ['another host', { hostFilter: '10.0.0.1' }, false],
  ['writing', { operation: 4 }, false],
  ['denials', { permissionType: 2 }, false],
])('a filter for %s is judged by Kafka’s rules', (_, change, expected) => {
  expect(matches(PREFIX, { ...everything, ...change }, acl)).toBe(expected)
})

test('what concerns a name: its own ACLs, those on a prefix of it, and those on all', () => {
  const query = { ...everything, resourceNameFilter: 'payments', patternTypeFilter: MATCH }
  expect(matches(PREFIX, query, { ...acl, resourceName: 'pay', patternType: PREFIXED })).toBe(true)
  expect(matches(PREFIX, query, { ...acl, resourceName: '*' })).toBe(true)
  expect(matches(PREFIX, query, { ...acl, resourceName: 'payments-eu', patternType: PREFIXED })).toBe(false)
})
