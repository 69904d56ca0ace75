// SPDX-License-Identifier: Apache-2.0
/** Names: what can be ordered, and that no tenant's prefix begins another's. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LONGEST_PHYSICAL_TOPIC_NAME,
  LONGEST_TENANT_NAME,
  logicalName,
  parseLabel,
  parseTopicName,
  parseUserName,
  physicalName,
  prefixOf,
  RESERVED_TENANT_NAMES,
  refuseReservedTenant,
  tenantOf,
} from './names.ts'

const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/)

describe('tenant names are DNS labels', () => {
  it.each(['orders', 'a', '0', 'payments-eu', 'a--b', 'x'.repeat(LONGEST_TENANT_NAME)])('%j is one', (name) => {
    expect(parseLabel(name, 'a tenant')).toBe(name)
  })

  it.each(['', 'a.b', 'Orders', '-a', 'a-', 'a_b', 'a b', 'ä', 'a\n', '..', 'a/b', 'ａ'])('%j is none', (name) => {
    expect(() => parseLabel(name, 'a tenant')).toThrow(/cannot name a tenant/)
  })

  it('a name of 300 characters is refused with its length and shown shortened', () => {
    expect(() => parseLabel('x'.repeat(300), 'a tenant')).toThrow(
      /^"x{60}…" cannot name a tenant. It has 300 characters; at most 32/,
    )
  })
})

describe('names of tenants whose namespace would be one of the product', () => {
  it.each([...RESERVED_TENANT_NAMES])('%s is refused with the reason', (name, why) => {
    expect(parseLabel(name, 'a tenant')).toBe(name)
    expect(() => refuseReservedTenant(name)).toThrow(
      expect.objectContaining({ code: 'name-invalid', message: `"${name}" cannot name a tenant. ${why}` }),
    )
  })

  it('are no others: a name that only begins so is free', () => {
    for (const name of ['orders', 'system-2', 'my-system', 'kaas']) expect(() => refuseReservedTenant(name)).not.toThrow()
  })
})

describe('topic names are Kafka names that leave room for the prefix', () => {
  const tenant = 'orders'
  const longest = LONGEST_PHYSICAL_TOPIC_NAME - tenant.length - 1

  it('the longest name makes a physical name of exactly what Kafka takes', () => {
    const name = parseTopicName('t'.repeat(longest), tenant)
    expect(physicalName(tenant, name)).toHaveLength(LONGEST_PHYSICAL_TOPIC_NAME)
    expect(() => parseTopicName(`${name}t`, tenant)).toThrow(/at most 242/)
  })

  it.each(['payments', 'Payments.v2', '_private', 'a-b', '...'])('%j is one', (name) => {
    expect(parseTopicName(name, tenant)).toBe(name)
  })

  it.each(['', '.', '..', 'a b', 'a/b', 'é', 'a\u0000', 'a\n'])('%j is none', (name) => {
    expect(() => parseTopicName(name, tenant)).toThrow(/cannot name a topic/)
  })
})

describe('user names', () => {
  it('have no dot and at most 64 characters, so that the full name has one reading', () => {
    expect(parseUserName('app')).toBe('app')
    for (const name of ['a.b', 'App', '', 'x'.repeat(65), 'a=b', 'a,b']) expect(() => parseUserName(name)).toThrow(/user/)
  })
})

describe('physical names', () => {
  it('lead back to their tenant and to the name inside it, and to no other tenant', () => {
    fc.assert(
      fc.property(label, label, fc.stringMatching(/^[a-zA-Z0-9._-]{1,50}$/), (tenant, other, name) => {
        const physical = physicalName(tenant, name)
        expect(tenantOf(physical)).toBe(tenant)
        expect(logicalName(tenant, physical)).toBe(name)
        if (other !== tenant) expect(logicalName(other, physical)).toBeUndefined()
      }),
    )
  })

  it('no prefix of a tenant begins the prefix of another', () => {
    fc.assert(
      fc.property(label, label, (a, b) => {
        fc.pre(a !== b)
        expect(prefixOf(a).startsWith(prefixOf(b))).toBe(false)
      }),
    )
  })

  it('a name without a tenant has none', () => {
    expect(tenantOf('admin')).toBeUndefined()
    expect(tenantOf('.admin')).toBeUndefined()
  })
})
