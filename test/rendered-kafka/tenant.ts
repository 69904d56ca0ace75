// SPDX-License-Identifier: Apache-2.0
/** The tenant whose rendered Kafka is run: users of every sort on a platform of three zones, in the words of documents. */
import { parseDocument, type Tenant, type Topic, type User } from '@kaas/domain'
import { dedicatedPlanFor, type KubernetesObject, parsePlatformProfile, renderTenant } from '@kaas/planner'

const PLATFORM = parsePlatformProfile({
  domain: 'kafka.example.org',
  storageClass: 'gp3-encrypted',
  kafkaVersion: '4.3.1',
  metadataVersion: '4.3-IV0',
  zones: ['eu-1a', 'eu-1b', 'eu-1c'],
  issuer: { name: 'letsencrypt' },
  external: { type: 'tlsroute', gateway: { name: 'kafka', namespace: 'gateway' } },
})

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
  const workload = { produce: '5MB/s', consume: '15MB/s', retention: '7d' }
  const tenant = document('Tenant', 'shop', { team: 'web', isolation: 'namespace', workload }) as Tenant
  const topics = [
    document('Topic', 'orders', { partitions: 12 }, 'shop') as Topic,
    document('Topic', 'Clicks_EU', { config: { 'cleanup.policy': 'compact' } }, 'shop') as Topic,
  ]
  const users = Object.entries(USERS).map(([name, spec]) => document('User', name, spec, 'shop') as User)
  const small = dedicatedPlanFor(tenant, PLATFORM)
  const plan = order === 'large' && small.kind === 'fits' ? { ...small, brokers: 2 * small.brokers } : small
  return renderTenant({ tenant, topics, users, plan, platform: PLATFORM }).map(({ object }) => object)
}

function document(kind: string, name: string, spec: object, tenant?: string) {
  const metadata = { name, ...(tenant === undefined ? {} : { tenant }) }
  return parseDocument({ apiVersion: 'kaas.dev/v1', kind, metadata, spec })
}
