// SPDX-License-Identifier: Apache-2.0
/** Every rule of every admission policy has an object that it refuses, and every policy one that it takes. The cluster lane applies them. */
import { expect, it } from 'vitest'
import { type Json, objectsOf, ofKind } from './charts.ts'
import { POLICY_FIXTURES } from './policy-fixtures.ts'

const POLICIES = ofKind(objectsOf({ chart: 'cluster', example: 'aws' }), 'ValidatingAdmissionPolicy').map((policy) => ({
  name: policy.metadata.name as string,
  messages: policy.spec.validations.map((each: Json) => each.message) as readonly string[],
}))

/** What is asked, and by whom, is no object: the lane's test asks for it. */
const BY_REQUEST = ['kaas-keep-namespaces', 'kaas-only-tenants']

it.each(POLICIES.filter(({ name }) => !BY_REQUEST.includes(name)))(
  '$name has fixtures for each of its rules',
  ({ name, messages }) => {
    const own = POLICY_FIXTURES.filter(({ policy }) => policy === name)
    expect(own.some((each) => each.expect === undefined)).toBe(true)
    for (const message of messages)
      expect(
        own.some((each) => each.expect !== undefined && message.includes(each.expect)),
        message,
      ).toBe(true)
  },
)

it.each(POLICY_FIXTURES)(
  '$policy/$file belongs to a policy, and says what is refused when it is',
  ({ policy, file, expect: words }) => {
    expect(POLICIES.map(({ name }) => name)).toContain(policy)
    expect(words === undefined).toBe(file.startsWith('pass-'))
  },
)

it('a policy that cannot judge refuses, and denies', () => {
  const objects = objectsOf({ chart: 'cluster', example: 'aws' })
  for (const { spec } of ofKind(objects, 'ValidatingAdmissionPolicy')) expect(spec.failurePolicy).toBe('Fail')
  const bindings = ofKind(objects, 'ValidatingAdmissionPolicyBinding')
  expect(bindings.map(({ spec }) => spec.policyName).sort()).toEqual(POLICIES.map(({ name }) => name).sort())
  for (const { spec } of bindings) expect(spec.validationActions).toContain('Deny')
})
