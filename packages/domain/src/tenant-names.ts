// SPDX-License-Identifier: Apache-2.0
/** What a tenant's things are called in the Kafka where it lives: shared with others, or its own. The one place that knows the difference. */
import { logicalName, physicalName, prefixOf } from './names.ts'
import type { TenantSpec } from './resources/tenant.ts'

/** Beginnings of topics that no tenant made: Kafka's own, and those of Strimzi's Cruise Control. */
export const INTERNAL_TOPIC_PREFIXES = ['__', 'strimzi.cruisecontrol'] as const

/** How one tenant's topics, groups and transactional ids are called where they are. */
export interface TenantNames {
  readonly tenant: string
  /** Whether nobody else is there. */
  readonly isOwn: boolean
  /** What all of them begin with there, dot included; empty on a Kafka of the tenant's own. */
  readonly prefix: string
  physical(name: string): string
  /** The name inside the tenant, or undefined when it is not hers: another tenant's, or one of the platform. */
  logical(physical: string): string | undefined
  /** As Kafka's ACLs and quotas name a user of the tenant: a certificate is known by its subject where brokers see it. */
  principal(user: string, authentication: string): string
}

/** The rule of names for a tenant at this level of isolation: with its prefix where Kafka is shared, else as they are. */
export function namesOf(tenant: string, isolation: TenantSpec['isolation']): TenantNames {
  if (isolation === 'virtual') {
    return {
      tenant,
      isOwn: false,
      prefix: prefixOf(tenant),
      physical: (name) => physicalName(tenant, name),
      logical: (physical) => logicalName(tenant, physical),
      principal: (user) => `User:${physicalName(tenant, user)}`,
    }
  }
  return {
    tenant,
    isOwn: true,
    prefix: '',
    physical: (name) => name,
    logical: (physical) => (INTERNAL_TOPIC_PREFIXES.some((each) => physical.startsWith(each)) ? undefined : physical),
    principal: (user, login) => `User:${login === 'tls' ? 'CN=' : ''}${physicalName(tenant, user)}`,
  }
}
