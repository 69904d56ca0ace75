// SPDX-License-Identifier: Apache-2.0
/** Decisions about rights: what the shipped roles allow, and what holds for all grants there can be. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, decidingGrant, type Question } from './decide.ts'
import { grantOf } from './grants-of.ts'
import { renderDecision } from './render-decision.ts'
import { type Grant, VERBS } from './right.ts'
import { isReadAnywhere, RIGHT_KINDS } from './right-kinds.ts'
import { SHIPPED_ROLES } from './shipped-roles.ts'
import { knowsTenant, withinOf } from './visible.ts'

const TEAMS = ['pay', 'shop']
const TENANTS = ['orders', 'invoices']

const anyScope = fc.oneof(
  fc.constant('platform' as const),
  fc.record({ team: fc.constantFrom(...TEAMS) }),
  fc.record({ tenant: fc.constantFrom(...TENANTS) }),
)
const anyRule = fc.record({
  verbs: fc.uniqueArray(fc.constantFrom(...VERBS), { minLength: 1 }),
  kinds: fc.uniqueArray(fc.constantFrom('*', ...RIGHT_KINDS), { minLength: 1, maxLength: 4 }),
})
const anyGrant: fc.Arbitrary<Grant> = fc.record({
  role: fc.constant('some'),
  binding: fc.string(),
  scope: anyScope,
  rules: fc.array(anyRule, { maxLength: 3 }),
})
const anyQuestion: fc.Arbitrary<Question> = fc.record({
  verb: fc.constantFrom(...VERBS),
  kind: fc.constantFrom(...RIGHT_KINDS),
  tenant: fc.option(fc.constantFrom(...TENANTS), { nil: undefined }),
  team: fc.option(fc.constantFrom(...TEAMS), { nil: undefined }),
})

describe('a decision', () => {
  it('never turns from yes to no because somebody was granted more', () => {
    fc.assert(
      fc.property(fc.array(anyGrant), fc.array(anyGrant), anyQuestion, (some, more, question) => {
        fc.pre(decide(some, question).allowed)
        expect(decide([...more, ...some], question).allowed).toBe(true)
      }),
    )
  })

  it('is the same in whatever order grants come, and is yes exactly when one grant alone says yes', () => {
    fc.assert(
      fc.property(fc.array(anyGrant), anyQuestion, (grants, question) => {
        const { allowed, considered, deciding } = decide(grants, question)
        expect(decide(grants.toReversed(), question).allowed).toBe(allowed)
        expect(allowed).toBe(grants.some((grant) => decide([grant], question).allowed))
        expect(considered).toHaveLength(grants.length)
        expect(deciding).toBe(decidingGrant(grants, question))
      }),
    )
  })

  it('never lets the right of one team or tenant reach into another', () => {
    fc.assert(
      fc.property(anyGrant, anyQuestion, (grant, question) => {
        const { scope } = grant
        fc.pre(question.team !== undefined || question.tenant !== undefined)
        if (scope === 'platform') return
        fc.pre('team' in scope ? scope.team !== question.team : scope.tenant !== question.tenant)
        expect(decide([grant], question).allowed).toBe(false)
      }),
    )
  })

  it('about the platform is left to grants of the platform, but for reading what belongs to no team', () => {
    fc.assert(
      fc.property(anyGrant, fc.constantFrom(...VERBS), fc.constantFrom(...RIGHT_KINDS), (grant, verb, kind) => {
        fc.pre(grant.scope !== 'platform' && !isReadAnywhere(verb, kind))
        expect(decide([grant], { verb, kind }).allowed).toBe(false)
      }),
    )
  })

  it('opens in lists exactly what it allows one by one', () => {
    fc.assert(
      fc.property(fc.array(anyGrant), fc.constantFrom(...VERBS), fc.constantFrom(...RIGHT_KINDS), (grants, verb, kind) => {
        const within = withinOf(grants, verb, kind)
        for (const team of TEAMS) {
          for (const tenant of TENANTS) {
            const listed = within === undefined || within.teams.includes(team) || within.tenants.includes(tenant)
            const allowed = decide(grants, { verb, kind, tenant, team }).allowed
            // What is read anywhere is in no tenant; asked about one, the question is another.
            if (!isReadAnywhere(verb, kind)) expect(listed).toBe(allowed)
          }
        }
      }),
    )
  })
})

describe('a tenant is there for whom', () => {
  it('has any right in it, and for nobody else', () => {
    const viewer = grantOf('team-viewer', 'b', { team: 'pay' }, [])
    expect(knowsTenant([viewer], 'orders', 'pay')).toBe(true)
    expect(knowsTenant([viewer], 'orders', 'shop')).toBe(false)
    const peopleOnly = { ...viewer, rules: [{ verbs: ['read' as const], kinds: ['Team'] }] }
    expect(knowsTenant([peopleOnly], 'orders', 'pay')).toBe(false)
  })
})

describe('the shipped role', () => {
  it.each(SHIPPED_ROLES.map(({ name }) => name))('%s gives what its table says', async (name) => {
    const scope = name.startsWith('platform-') ? ('platform' as const) : { team: 'pay' }
    const grants = [grantOf(name, 'b', scope, [])]
    const rows = RIGHT_KINDS.map((kind) => {
      const marks = VERBS.map((verb) =>
        decide(grants, { verb, kind, tenant: 'orders', team: 'pay' }).allowed ? verb : '-'.repeat(verb.length),
      )
      return `${kind.padEnd(13)} ${marks.join(' ')}`
    })
    await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(`expected/${name}.txt`)
  })
})

describe('a decision in words', () => {
  const grants = [grantOf('team-viewer', 'pay-viewers', { team: 'pay' }, [])]
  const asked = (question: Question, of = grants) => renderDecision(decide(of, question), question)

  it('names the role, the binding and the place that gave the right', () => {
    expect(asked({ verb: 'read', kind: 'Topic', tenant: 'orders', team: 'pay' })).toBe(
      'You may read Topic in the tenant "orders": the role team-viewer, bound by pay-viewers, gives it in the team "pay".',
    )
  })

  it('says what the only role lacks, or that there is none', () => {
    expect(asked({ verb: 'write', kind: 'Topic', tenant: 'orders', team: 'pay' })).toBe(
      'You may not write Topic in the tenant "orders": the only role given, team-viewer, holds in the team "pay", but gives no write on Topic.',
    )
    expect(asked({ verb: 'read', kind: 'Platform' }, [])).toBe(
      'You may not read Platform on the platform: no role was given.',
    )
  })
})
