// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { type PolicySpec, policyReaches, policySchema } from './policy.ts'

const specOf = (spec: object): PolicySpec =>
  policySchema.parse({
    apiVersion: 'kaas.dev/v1',
    kind: 'Policy',
    metadata: { name: 'one' },
    spec: { rules: [{ allowWhen: 'true', message: 'never' }], appliesTo: { kinds: ['Topic'] }, ...spec },
  }).spec

test.each([
  ['one of the platform about topics', {}, true],
  ['one that names the team', { appliesTo: { kinds: ['Tenant'], teams: ['pay', 'shop'] } }, true],
  ['one that names another team', { appliesTo: { kinds: ['Tenant'], teams: ['shop'] } }, false],
  ['one about clusters, which no team writes', { appliesTo: { kinds: ['KafkaCluster', 'Role'] } }, false],
  ['one of the team', { scope: { team: 'pay' } }, true],
  ['one of another team', { scope: { team: 'shop' } }, false],
])('whether a policy can refuse documents of a team shows: %s', (_, spec, expected) => {
  expect(policyReaches(specOf(spec), 'pay')).toBe(expected)
})
