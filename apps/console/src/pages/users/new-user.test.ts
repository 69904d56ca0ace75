// SPDX-License-Identifier: Apache-2.0
import { userSchema } from '@kaas/domain'
import { describe, expect, test } from 'vitest'
import { EMPTY_USER_FORM, rulesOfRoles, sayRule, userDocument, userProblems } from './new-user.ts'

describe('the form of a user', () => {
  test('becomes a document that the API takes, with roles or with exact rules', () => {
    const form = { ...EMPTY_USER_FORM, name: 'billing', produce: '5MB/s' }
    expect(userSchema.parse(userDocument(form, 'orders')).spec).toEqual({
      authentication: 'scram-sha-512',
      roles: ['producer', 'consumer'],
      access: [],
      quotas: { produce: '5MB/s' },
    })
    const exact = { ...form, rights: 'rules' as const, rules: rulesOfRoles(['consumer']) }
    expect(userProblems(exact)).toEqual({})
    expect(userSchema.parse(userDocument(exact, 'orders')).spec).toMatchObject({
      roles: [],
      access: [
        { resource: 'topic', name: '*', pattern: 'prefix', operations: ['read', 'describe'] },
        { resource: 'group', name: '*', pattern: 'prefix', operations: ['read', 'describe'] },
      ],
    })
  })

  test('says at the field what is wrong', () => {
    const rules = [{ resource: 'topic', name: '', pattern: 'literal', operations: ['read'] } as const]
    const problems = userProblems({
      ...EMPTY_USER_FORM,
      name: 'Bad Name',
      rights: 'rules',
      rules: rules.map((rule) => ({ ...rule, operations: [...rule.operations] })),
      produce: 'fast',
    })
    expect(Object.keys(problems).sort()).toEqual(['name', 'produce', 'rules.0'])
  })

  test('says rules in words', () => {
    expect(sayRule({ resource: 'topic', name: 'pay', pattern: 'prefix', operations: ['read', 'describe'] })).toBe(
      'may read and see topics that begin with "pay"',
    )
    expect(sayRule({ resource: 'group', name: '*', pattern: 'prefix', operations: ['all'] })).toBe(
      'may do everything with every group',
    )
    expect(sayRule({ resource: 'transactionalId', name: 'a', pattern: 'literal', operations: ['write'] })).toBe(
      'may write the transactional id "a"',
    )
  })
})
