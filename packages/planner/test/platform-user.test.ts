// SPDX-License-Identifier: Apache-2.0
/** The log-in of the control plane in a tenant's own Kafka, as it is rendered. What Kafka makes of it is tested with a running one. */
import { type KubernetesObject, PLATFORM_USER, renderTenant, type TenantInput, WAY_IN } from '@kaas/planner'
import { describe, expect, it } from 'vitest'
import { inputFor, user } from './manifest-inputs.ts'

const objects = (input: TenantInput) => renderTenant(input).map(({ object }) => object)
const platformUser = (input: TenantInput) => objects(input).find(({ metadata }) => metadata?.name === PLATFORM_USER)
const wayOf = (object: KubernetesObject | undefined) => object?.metadata?.annotations?.[WAY_IN]
const loginOf = (object: KubernetesObject | undefined) =>
  (object?.spec as { authentication?: { type: string } } | undefined)?.authentication?.type
const namespacesLetIn = (input: TenantInput) => {
  const policy = objects(input).find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata?.name === 'allow-clients')
  return JSON.stringify(policy?.spec)
}

describe('the control plane comes to the Kafka of a tenant', () => {
  it('by the Services inside, with a certificate, past the network policies, whatever way users log in', () => {
    for (const login of ['tls', 'scram-sha-512']) {
      const input = inputFor({ login })
      expect([wayOf(platformUser(input)), loginOf(platformUser(input))]).toEqual(['internal', 'tls'])
      expect(namespacesLetIn(input)).toContain('"kubernetes.io/metadata.name":"kaas-system"')
    }
    const elsewhere = inputFor({ platform: { controlPlane: { namespace: 'operations', release: 'kaas' } } })
    expect(namespacesLetIn(elsewhere)).toContain('"kubernetes.io/metadata.name":"operations"')
  })

  it('as clients do where the profile says so, by a listener that is there anyway', () => {
    const outside = (login: string) => inputFor({ login, platform: { kafkaLogIn: 'external' } })
    expect(wayOf(platformUser(outside('tls')))).toBe('external')
    expect(['tls', 'scram-sha-512'].map((login) => loginOf(platformUser(outside(login))))).toEqual(['tls', 'scram-sha-512'])
    expect(namespacesLetIn(outside('tls'))).not.toContain('kaas-system')
  })

  it('not at all where the profile says so', () => {
    const input = inputFor({ platform: { kafkaLogIn: 'none' } })
    expect(platformUser(input)).toBeUndefined()
    expect(namespacesLetIn(input)).not.toContain('kaas-system')
  })

  it('under a name that no user of a tenant can have', () => {
    const named = { ...inputFor({}), users: [user(PLATFORM_USER)] }
    const names = objects(named).flatMap(({ kind, metadata }) => (kind === 'KafkaUser' ? [metadata?.name] : []))
    expect(names.toSorted()).toEqual([PLATFORM_USER, `shop.${PLATFORM_USER}`])
  })

  it('with no right to make, change or remove topics, users and settings', () => {
    const spec = platformUser(inputFor({}))?.spec as { authorization: { acls: readonly Rule[] } } | undefined
    const allowed = (spec?.authorization.acls ?? []).filter(({ type }) => type === 'allow')
    const operations = (type: string) => allowed.flatMap((acl) => (acl.resource.type === type ? acl.operations : []))
    expect(operations('topic')).toEqual(['Describe', 'DescribeConfigs', 'Read', 'Write'])
    expect(operations('group')).toEqual(['Describe', 'Read', 'Delete'])
    expect(operations('cluster')).toEqual(['Describe', 'DescribeConfigs'])
    expect(operations('transactionalId')).toEqual([])
  })
})

interface Rule {
  readonly type: 'allow' | 'deny'
  readonly resource: { readonly type: string }
  readonly operations: readonly string[]
}
