// SPDX-License-Identifier: Apache-2.0
/** Nobody gives more than she has. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstMissing, limitedTo } from './cover.ts'
import { decide } from './decide.ts'
import { grantOf } from './grants-of.ts'
import { type Grant, type RightScope, VERBS } from './right.ts'
import { RIGHT_KINDS } from './right-kinds.ts'

const OWNERS: Readonly<Record<string, string>> = { orders: 'pay', invoices: 'pay', baskets: 'shop' }
const teamOf = (tenant: string) => OWNERS[tenant]
const platform = 'platform' as const

const anyScope: fc.Arbitrary<RightScope> = fc.oneof(
  fc.constant(platform),
  fc.record({ team: fc.constantFrom('pay', 'shop') }),
  fc.record({ tenant: fc.constantFrom('orders', 'baskets') }),
)
const anyGrant: fc.Arbitrary<Grant> = fc.record({
  role: fc.constant('some'),
  binding: fc.constant('b'),
  scope: anyScope,
  rules: fc.array(
    fc.record({
      verbs: fc.uniqueArray(fc.constantFrom(...VERBS), { minLength: 1 }),
      kinds: fc.uniqueArray(fc.constantFrom('*', 'Topic', 'User', 'Audit'), { minLength: 1 }),
    }),
    { maxLength: 3 },
  ),
})
const QUESTIONS = VERBS.flatMap((verb) =>
  RIGHT_KINDS.flatMap((kind) => [
    ...Object.entries(OWNERS).map(([tenant, team]) => ({ verb, kind, tenant, team })),
    { verb, kind, team: 'pay' },
    { verb, kind, team: 'shop' },
    { verb, kind },
  ]),
)

describe('what may be given on', () => {
  it('allows nobody anything that the giver may not do herself', () => {
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 4 }), anyGrant, (held, wanted) => {
        fc.pre(firstMissing(held, wanted, teamOf) === undefined)
        for (const question of QUESTIONS)
          if (decide([wanted], question).allowed) expect(decide(held, question).allowed).toBe(true)
      }),
    )
  })

  it('is everything for an administrator of the platform, and all roles of her own team for one of a team', () => {
    const root = [grantOf('platform-admin', 'r', platform, [])]
    const lead = [grantOf('team-admin', 'l', { team: 'pay' }, [])]
    expect(firstMissing(root, grantOf('platform-admin', 'x', platform, []), teamOf)).toBeUndefined()
    for (const role of ['team-admin', 'team-member', 'team-viewer']) {
      expect(firstMissing(lead, grantOf(role, 'x', { team: 'pay' }, []), teamOf)).toBeUndefined()
      expect(firstMissing(lead, grantOf(role, 'x', { tenant: 'orders' }, []), teamOf)).toBeUndefined()
      expect(firstMissing(lead, grantOf(role, 'x', { tenant: 'baskets' }, []), teamOf)).toBeDefined()
      expect(firstMissing(lead, grantOf(role, 'x', platform, []), teamOf)).toBeDefined()
    }
  })

  it('names the first right that is missing', () => {
    const member = [grantOf('team-member', 'm', { team: 'pay' }, [])]
    expect(firstMissing(member, grantOf('team-admin', 'x', { team: 'pay' }, []), teamOf)).toEqual({
      verb: 'read',
      kind: 'Rights',
    })
  })

  it('is a star only for who has one, because later kinds are part of it', () => {
    const all = [{ role: 'r', binding: 'b', scope: platform, rules: [{ verbs: VERBS, kinds: RIGHT_KINDS }] }]
    const star = { scope: platform, rules: [{ verbs: ['read' as const], kinds: ['*'] }] }
    expect(firstMissing(all, star, teamOf)).toEqual({ verb: 'read', kind: '*' })
  })
})

describe('a limited token', () => {
  it('may exactly what both its owner and its limit allow', () => {
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 4 }), anyGrant, (owned, limit) => {
        const left = limitedTo(owned, limit, teamOf)
        for (const question of QUESTIONS) {
          const both = decide(owned, question).allowed && decide([limit], question).allowed
          if (question.verb === 'read' && ['Role', 'Plan'].includes(question.kind)) continue
          expect(decide(left, question).allowed).toBe(both)
        }
      }),
    )
  })
})
