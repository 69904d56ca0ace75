// SPDX-License-Identifier: Apache-2.0
/** Switching rights of a role on and off. */
import { type RightRule, VERBS } from '@kaas/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rulesGive } from '../../format/right-words.ts'
import { toggled } from './role-form.ts'

const KINDS = ['Topic', 'User', 'Message']

it('switches exactly the one right, and twice is as before', () => {
  const verb = fc.constantFrom(...VERBS)
  const kind = fc.constantFrom(...KINDS)
  const rule = fc.record({
    verbs: fc.uniqueArray(verb, { minLength: 1 }),
    kinds: fc.uniqueArray(kind, { minLength: 1 }),
  })
  fc.assert(
    fc.property(fc.array(rule), verb, kind, (rules: readonly RightRule[], ofVerb, ofKind) => {
      const once = toggled(rules, ofVerb, ofKind)
      const twice = toggled(once, ofVerb, ofKind)
      for (const each of VERBS) {
        for (const on of KINDS) {
          const isIt = each === ofVerb && on === ofKind
          expect(rulesGive(once, each, on)).toBe(rulesGive(rules, each, on) !== isIt)
          expect(rulesGive(twice, each, on)).toBe(rulesGive(rules, each, on))
        }
      }
    }),
  )
})

it('says the same with as few rules as can be', () => {
  const rules = toggled(toggled([], 'read', 'Topic'), 'read', 'User')
  expect(rules).toEqual([{ verbs: ['read'], kinds: ['Topic', 'User'] }])
})
