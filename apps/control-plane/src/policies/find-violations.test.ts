// SPDX-License-Identifier: Apache-2.0
/** What policies refuse, let through, and say when they cannot be decided. */
import type { PolicySpec } from '@kaas/domain'
import { describe, expect, it } from 'vitest'
import { findViolations } from './find-violations.ts'
import type { PolicyDocument, PolicySubject } from './policy-subject.ts'
import { compileRule, ruleProblemOf } from './rule-language.ts'

describe('A policy', () => {
  it('refuses what its rule does not allow, with its message at its field', () => {
    expect(findViolations([fewPartitions], topic({ partitions: 49 }))).toEqual([
      { policy: 'few-partitions', severity: 'refuse', message: 'At most 48.', field: 'spec.partitions', broken: false },
    ])
    expect(findViolations([fewPartitions], topic({ partitions: 48 }))).toEqual([])
  })

  it('says everything that is wrong, of all policies and all their rules', () => {
    const two = policy('two', ['document.spec.partitions > 100', 'document.metadata.name.startsWith("x")'])
    const names = findViolations([fewPartitions, two], topic({ partitions: 60 })).map((each) => each.policy)
    expect(names).toEqual(['few-partitions', 'two', 'two'])
  })

  it.each([
    ['another kind', { kinds: ['User'] }],
    ['another environment', { environments: ['production'] }],
    ['another team', { teams: ['sales'] }],
    ['a label that is not there', { labels: { tier: 'gold' } }],
  ] as const)('is not asked about %s', (_, selector) => {
    const never = policy('never', ['false'], { appliesTo: { ...ALL, ...selector } as never })
    expect(findViolations([never], topic())).toEqual([])
  })

  it('of a team is asked about the tenants of that team only', () => {
    const ofTeam = (team: string) => policy('of-team', ['false'], { scope: { team } })
    expect(findViolations([ofTeam('shop')], topic())).toHaveLength(1)
    expect(findViolations([ofTeam('sales')], topic())).toEqual([])
  })

  it.each([
    [`inMs(tenant.spec.workload.retention) <= inMs('7d')`, true],
    [`inBytes(tenant.spec.workload.produce) < inBytes('5MB/s')`, false],
    [`inBytes('1GiB') == 1024 * 1024 * 1024`, true],
    [`before == null && team == 'shop' && environment == 'development'`, true],
    [`document.metadata.name.matches('^[a-z]+-[a-z]+$')`, false],
    [`'retention.ms' in document.spec.config && int(document.spec.config['retention.ms']) <= inMs('1d')`, true],
    [`document.spec.partitions % 3 == 0`, true],
    [`document.metadata.labels.?owner.orValue('') != ''`, false],
    [`has(document.spec.description) || document.spec.partitions == 6`, true],
  ])('reads %s as %s', (rule, allowed) => {
    const found = findViolations([policy('one', [rule])], topic({ config: { 'retention.ms': '86400000' } }))
    expect(found.map(({ broken }) => broken)).toEqual(allowed ? [] : [false])
  })

  it('can let stay what was there before', () => {
    const noGrowth = policy('no-growth', ['before == null || document.spec.partitions <= before.spec.partitions'])
    const subject = topic({ partitions: 90 })
    const before = (partitions: number) => ({ ...subject, before: topic({ partitions }).document })
    expect(findViolations([noGrowth], before(90))).toEqual([])
    expect(findViolations([noGrowth], before(89))).toHaveLength(1)
  })

  it('that cannot be decided says so by its name, instead of letting through', () => {
    const [found] = findViolations([policy('wrong', ['document.spec.nothing > 1'])], topic())
    expect(found).toMatchObject({ policy: 'wrong', severity: 'refuse', broken: true })
    expect(found?.message).toBe('The policy cannot be decided for this document: No such key: nothing (at character 15)')
  })

  it.each([
    ['a regular expression', `document.metadata.name.matches('^(a+)+$')`],
    ['lists in lists', 'document.spec.list.all(a, document.spec.list.all(b, document.spec.list.all(c, a + b + c >= 0)))'],
  ])('with %s that never ends is given up, and holds up nobody', (_, rule) => {
    const list = Array.from({ length: 3000 }, (_each, index) => index)
    const started = performance.now()
    const found = findViolations([policy('slow', [rule])], topic({ list }, `${'a'.repeat(60)}!`))
    expect(found).toMatchObject([{ policy: 'slow', broken: true }])
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('A rule that cannot be read says where', () => {
  it.each([
    ['document.spec.partitions <=', 'Unexpected token: EOF (at character 28)'],
    ['documnt.spec', 'Unknown variable: documnt (at character 1)'],
    ['team + 1 == 2', 'no such overload: string + int (at character 1)'],
    ['team', 'It gives a string; a rule must be true or false.'],
    [`${'('.repeat(60)}true${')'.repeat(60)}`, 'Exceeded maxDepth (40) (at character 41)'],
  ])('%s', (rule, message) => {
    expect(() => compileRule(rule)).toThrow()
    try {
      compileRule(rule)
    } catch (thrown) {
      expect(ruleProblemOf(thrown)).toBe(message)
    }
  })
})

const ALL: PolicySpec['appliesTo'] = { kinds: ['Topic'], environments: [], teams: [], labels: {} }
const fewPartitions = {
  name: 'few-partitions',
  spec: {
    ...policy('x', []).spec,
    rules: [{ allowWhen: 'document.spec.partitions <= 48', message: 'At most 48.', field: 'spec.partitions' }],
  },
}

function policy(name: string, rules: readonly string[], spec: Partial<PolicySpec> = {}) {
  const own = rules.map((allowWhen) => ({ allowWhen, message: `${name} says no.` }))
  const base: PolicySpec = { description: '', scope: 'platform', appliesTo: ALL, severity: 'refuse', rules: own }
  return { name, spec: { ...base, ...spec } }
}

function topic(spec: object = {}, name = 'payments'): PolicySubject {
  const metadata = { labels: {}, annotations: {} }
  const workload = { produce: '5MB/s', retention: '7d' }
  const tenant: PolicyDocument = {
    kind: 'Tenant',
    metadata: { ...metadata, name: 'orders' },
    spec: { team: 'shop', environment: 'development', workload },
  }
  const content = { partitions: 6, config: {}, ...spec }
  return { document: { kind: 'Topic', metadata: { ...metadata, name, tenant: 'orders' }, spec: content }, tenant }
}
