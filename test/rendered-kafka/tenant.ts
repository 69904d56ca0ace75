// SPDX-License-Identifier: Apache-2.0
/** The tenant whose rendered Kafka is run: users of every sort on a platform of three zones, in the words of documents. */
import { parseDocument, type Tenant, type Topic, type User } from '@kaas/domain'
import { dedicatedPlanFor, type KubernetesObject, parsePlatformProfile, renderTenant } from '@kaas/planner'

/** As `platform.yaml` of a repository of tenants holds it; JSON is YAML. */
export const PLATFORM_FILE = JSON.stringify({
  domain: 'kafka.example.org',
  storageClass: 'gp3-encrypted',
  kafkaVersion: '4.3.1',
  metadataVersion: '4.3-IV0',
  zones: ['eu-1a', 'eu-1b', 'eu-1c'],
  issuer: { name: 'letsencrypt' },
  external: { type: 'tlsroute', gateway: { name: 'kafka', namespace: 'gateway' } },
})
const PLATFORM = parsePlatformProfile(JSON.parse(PLATFORM_FILE))

/** Users by certificate and by password; one has a quota, so the workload is divided among all. */
const USERS = {
  ops: { authentication: 'tls', roles: ['admin'] },
  web: { authentication: 'tls', roles: ['producer', 'consumer'] },
  batch: { authentication: 'scram-sha-512', roles: ['producer'], quotas: { produce: '300kB/s' } },
  audit: {
    authentication: 'scram-sha-512',
    access: [
      { resource: 'topic', name: 'orders', operations: ['read', 'describe'] },
      { resource: 'group', name: 'audit-', pattern: 'prefix', operations: ['read'] },
    ],
  },
}

/** All objects of tenant `shop`; a larger order has twice the brokers. */
export function renderShop(order: 'small' | 'large' = 'small'): readonly KubernetesObject[] {
  const tenant = tenantOf()
  const small = dedicatedPlanFor(tenant, PLATFORM)
  const plan = order === 'large' && small.kind === 'fits' ? { ...small, brokers: 2 * small.brokers } : small
  const input = { tenant, topics: topicsOf(), users: usersOf(), plan, platform: PLATFORM }
  return renderTenant(input).map(({ object }) => object)
}

/** The tenant as it is ordered. */
export function tenantOf(name = 'shop', team = 'web'): Tenant {
  const workload = { produce: '5MB/s', consume: '15MB/s', retention: '7d' }
  return document('Tenant', name, { team, isolation: 'namespace', workload }) as Tenant
}

/** Its topics as they are ordered. */
export function topicsOf(): readonly Topic[] {
  return [
    document('Topic', 'orders', { partitions: 12 }, 'shop') as Topic,
    document('Topic', 'Clicks_EU', { config: { 'cleanup.policy': 'compact' } }, 'shop') as Topic,
  ]
}

/** Its users as they are ordered. */
export function usersOf(): readonly User[] {
  return Object.entries(USERS).map(([name, spec]) => document('User', name, spec, 'shop') as User)
}

/** As renderShop, made small where size proves nothing: one zone, one broker, one controller, one replica. */
export function renderSmallestShop(): readonly KubernetesObject[] {
  const platform = { ...PLATFORM, zones: ['eu-1a'] }
  const plan = dedicatedPlanFor(tenantOf(), platform)
  if (plan.kind !== 'fits') throw new Error('The smallest shop does not fit.')
  const one = { ...plan, brokers: 1, replicationFactor: 1, minInSyncReplicas: 1 }
  const input = { tenant: tenantOf(), topics: topicsOf(), users: usersOf(), plan: one, platform }
  return renderTenant(input).map(({ object }) =>
    object.metadata?.name === 'controllers' ? { ...object, spec: { ...(object.spec as object), replicas: 1 } } : object,
  )
}

function document(kind: string, name: string, spec: object, tenant?: string) {
  const metadata = { name, ...(tenant === undefined ? {} : { tenant }) }
  return parseDocument({ apiVersion: 'kaas.dev/v1', kind, metadata, spec })
}
