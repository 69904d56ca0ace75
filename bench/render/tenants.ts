// SPDX-License-Identifier: Apache-2.0
/** Tenants by number: the same number gives the same documents. */
import { parseDocument, type Resource } from '@kaas/domain'
import { parsePlatformProfile } from '@kaas/planner'

/** A platform of three zones. */
export const PLATFORM = parsePlatformProfile({
  domain: 'kafka.example.org',
  storageClass: 'gp3-encrypted',
  kafkaVersion: '4.3.1',
  metadataVersion: '4.3-IV0',
  zones: ['eu-1a', 'eu-1b', 'eu-1c'],
  issuer: { name: 'letsencrypt' },
  external: { type: 'tlsroute', gateway: { name: 'kafka', namespace: 'gateway' } },
})

/** Tenant, three topics and two users, parsed and checked. `more` MB/s are added to what the tenant produces. */
export function documentsOfTenant(index: number, more = 0): readonly Resource[] {
  const name = `tenant-${index}`
  const workload = { produce: `${1 + (index % 50) + more}MB/s`, fanOut: 2, retention: '3d' }
  const spec = { team: `team-${index % 100}`, isolation: 'namespace', workload }
  return [
    document('Tenant', name, spec),
    ...['orders', 'payments', 'clicks'].map((topic) => document('Topic', topic, { partitions: 3 }, name)),
    document('User', 'app', { authentication: 'tls', roles: ['producer', 'consumer'] }, name),
    document('User', 'audit', { roles: ['consumer'] }, name),
  ]
}

function document(kind: string, name: string, spec: object, tenant?: string): Resource {
  const metadata = { name, ...(tenant === undefined ? {} : { tenant }) }
  return parseDocument({ apiVersion: 'kaas.dev/v1', kind, metadata, spec })
}
