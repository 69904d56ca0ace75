// SPDX-License-Identifier: Apache-2.0
import { changeOf } from '@kaas/gitops'
import { expect, test } from 'vitest'
import { commitAuthor, commitMessage } from './commit-message.ts'

test('a commit names tenant, author and every generation that it carries, so that none is lost when several share one', () => {
  const carried = [
    { kind: 'Tenant', name: 'shop', generation: 4 },
    { kind: 'Topic', name: 'orders', generation: 2 },
  ] as const
  const message = commitMessage({ name: 'shop', generation: 4 }, carried, { author: 'ada', verb: 'change' })
  expect(message.split('\n')[0]).toBe('Change shop')
  expect(message).toContain('Tenant/shop generation 4')
  expect(message).toContain('Topic/orders generation 2')
  expect(changeOf(message)).toEqual({ tenant: 'shop', generation: 4, author: 'ada' })
})

test('an author from a token or from Git has an address that reaches nobody and that Git takes', () => {
  expect(commitAuthor('git:0123abc')).toEqual({ name: 'git:0123abc', email: 'git-0123abc@users.kaas.invalid' })
})
