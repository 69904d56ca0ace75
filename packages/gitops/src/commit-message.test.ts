// SPDX-License-Identifier: Apache-2.0
/** A reader of `git log` finds who changed which tenant, and the control plane finds its own commits. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeOf, messageFor } from './commit-message.ts'

const CHANGE = { tenant: 'shop', generation: 7, author: 'ada@team.example' }

test('a message tells what, why and who', () => {
  expect(messageFor({ ...CHANGE, verb: 'resize', reason: 'Black Friday.\n' })).toBe(
    'Resize shop\n\nBlack Friday.\n\nKaaS-Tenant: shop\nKaaS-Generation: 7\nKaaS-Author: ada@team.example\n',
  )
})

test('whatever the words, the trailers are read back as they were written', () => {
  const word = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.trim() !== '')
  fc.assert(
    fc.property(word, fc.string({ unit: 'binary' }), word, fc.nat(), (verb, reason, author, generation) => {
      const change = changeOf(messageFor({ verb, reason, author, generation, tenant: 'shop' }))
      expect(change).toEqual({ tenant: 'shop', generation, author: author.replace(/\s+/g, ' ').trim() })
    }),
  )
})

test('a reason cannot pass for trailers of another tenant', () => {
  const reason = 'x\n\nKaaS-Tenant: bank\nKaaS-Generation: 1\nKaaS-Author: eve'
  expect(changeOf(messageFor({ ...CHANGE, verb: 'create', reason }))).toEqual(CHANGE)
  expect(changeOf(messageFor({ ...CHANGE, verb: 'create', author: 'eve\nKaaS-Tenant: bank' }))?.tenant).toBe('shop')
})

test.each([
  ['a commit of a person', 'Correct the retention of shop\n'],
  ['a revert of ours', 'Revert "Resize shop"\n\nThis reverts commit 1234.\n'],
  ['a cherry-pick of ours', `${messageFor({ ...CHANGE, verb: 'resize' })}(cherry picked from commit 1234)\n`],
  ['trailers without a generation', 'Resize shop\n\nKaaS-Tenant: shop\nKaaS-Author: ada\n'],
  ['a generation that is no number', 'Resize shop\n\nKaaS-Tenant: shop\nKaaS-Generation: new\nKaaS-Author: ada\n'],
  ['trailers as the subject', 'KaaS-Tenant: shop\nKaaS-Generation: 7\nKaaS-Author: ada\n'],
  ['nothing', ''],
])('%s is not one of ours', (_, message) => {
  expect(changeOf(message)).toBeUndefined()
})

test('trailers that a server adds do not hide ours', () => {
  expect(changeOf(`${messageFor({ ...CHANGE, verb: 'resize' })}Signed-off-by: Bot <bot@git.example>\n`)).toEqual(CHANGE)
})
