// SPDX-License-Identifier: Apache-2.0
/** Inputs of the rendering tests: a tenant with topics and users of every sort, in small and large, on platforms of one and three zones. */
import { parseDocument, parseWorkload, type Tenant, type Topic, type User, type WorkloadSpec } from '@kaas/domain'
import { MSK_US_EAST_1, parsePlatformProfile, planDedicated, profileFor, type TenantInput } from '@kaas/planner'

/** What varies in the golden files. */
export const SIZES = {
  small: { environment: 'development', workload: { produce: '5MB/s', consume: '15MB/s', retention: '7d' } },
  large: { environment: 'production', workload: { produce: '250MB/s', fanOut: 4, retention: '3d' } },
} as const
/** Names of zones by their number. */
export const ZONES = { 1: ['eu-1a'], 3: ['eu-1a', 'eu-1b', 'eu-1c'] } as const
/** Ways in which the users log in. */
export const LOGINS = ['tls', 'scram-sha-512'] as const

/** A platform; `changes` go over its fields. */
export function platformWith(zones: readonly string[], changes: object = {}) {
  return parsePlatformProfile({
    domain: 'kafka.example.org',
    storageClass: 'gp3-encrypted',
    kafkaVersion: '4.3.1',
    metadataVersion: '4.3-IV0',
    zones,
    issuer: { name: 'letsencrypt' },
    external: { type: 'tlsroute', gateway: { name: 'kafka', namespace: 'gateway', sectionName: 'tls' } },
    ...changes,
  })
}

/** The whole input of tenant `shop`. */
export function inputFor(options: {
  readonly size?: { readonly environment: string; readonly workload: WorkloadSpec }
  readonly zones?: readonly string[]
  readonly login?: string
  readonly platform?: object
}): TenantInput {
  const { environment, workload } = options.size ?? SIZES.small
  const zones = options.zones ?? ZONES[3]
  const login = options.login ?? 'tls'
  const tenant = document('Tenant', 'shop', { team: 'web', environment, isolation: 'namespace', workload }) as Tenant
  return {
    tenant,
    topics: [topic('orders', { partitions: 12 }), topic('Clicks_EU', { config: { 'cleanup.policy': 'compact' } })],
    users: [
      user('ops', { authentication: login, roles: ['admin'] }),
      user('web', { authentication: login, roles: ['producer', 'consumer'] }),
      user('audit', {
        authentication: login,
        access: [{ resource: 'topic', name: 'orders', pattern: 'literal', operations: ['read', 'describeConfigs'] }],
      }),
    ],
    plan: planDedicated(
      parseWorkload(workload),
      { ...MSK_US_EAST_1, zones: zones.length },
      profileFor(tenant.spec.environment),
    ),
    platform: platformWith(zones, options.platform),
  }
}

/** A topic of `shop`. */
export function topic(name: string, spec: object = {}): Topic {
  return document('Topic', name, spec, 'shop') as Topic
}

/** A user of `shop`. */
export function user(name: string, spec: object = {}): User {
  return document('User', name, spec, 'shop') as User
}

function document(kind: string, name: string, spec: object, tenant?: string) {
  const metadata = { name, ...(tenant === undefined ? {} : { tenant }) }
  return parseDocument({ apiVersion: 'kaas.dev/v1', kind, metadata, spec })
}
