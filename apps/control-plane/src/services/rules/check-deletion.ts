// SPDX-License-Identifier: Apache-2.0
/** Rules of deletion: protection, and what still depends on the resource. */
import type { ResourceKind } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { ResourceKey, StoredResource, StoreSession } from '@kaas/store'
import type { ServiceParts } from '../service-parts.ts'

/** Throws `deletion-protected` unless `confirm` is the name, and `resource-in-use` for a cluster with tenants on it. */
export async function checkDeletion(
  parts: ServiceParts,
  stored: StoredResource,
  confirm: string | undefined,
): Promise<void> {
  switch (stored.kind) {
    case 'Tenant':
      return checkProtection(stored, stored, confirm)
    case 'Topic':
      return checkProtection(await tenantOf(parts, stored), stored, confirm)
    case 'KafkaCluster':
      return checkUnused(stored, await parts.placements.tenantsOn(stored.name), 'tenants')
    case 'User':
    case 'Team':
    case 'Role':
    case 'Policy':
    case 'RoleBinding':
    case 'TopicShare':
      return
    default:
      return stored satisfies never
  }
}

/** In the transaction that marks the resource: throws `resource-in-use` when a document of another names it. */
export async function checkUnnamed(session: StoreSession, key: ResourceKey): Promise<void> {
  if (key.kind === 'Topic') return await checkUnshared(session, key)
  const named = NAMED_BY[key.kind]
  if (named === undefined) return
  await session.lockResource(key)
  const { items } = await session.listResources({ kind: named.kind, limit: 4, filter: `${named.field}=${key.name}` })
  const going = named.kind === 'RoleBinding'
  const left = items.filter(({ deletionRequestedAt }) => !going || deletionRequestedAt === undefined)
  checkUnused(
    key,
    left.map(({ name }) => name),
    going ? 'bindings' : 'tenants',
  )
}

/** Whoever reads the topic under another name would lose it without a word. */
async function checkUnshared(session: StoreSession, key: ResourceKey): Promise<void> {
  const { name: topic, tenant = '' } = key
  const filter = `spec.topic=${topic},deleting=false`
  const { items } = await session.listResources({ kind: 'TopicShare', tenant, limit: 4, filter })
  checkUnused(
    key,
    items.map(({ name }) => name),
    'shares',
  )
}

/** Which documents name a kind, and where. */
const NAMED_BY: { readonly [K in ResourceKind]?: { readonly kind: 'Tenant' | 'RoleBinding'; readonly field: string } } = {
  Team: { kind: 'Tenant', field: 'spec.team' },
  KafkaCluster: { kind: 'Tenant', field: 'spec.cluster' },
  Role: { kind: 'RoleBinding', field: 'spec.role' },
}

/** On by default in production. A tenant's protection covers its topics: they are what holds the data. */
function isProtected(tenant: StoredResource<'Tenant'> | undefined): boolean {
  return tenant?.spec.deletionProtection ?? tenant?.spec.environment === 'production'
}

function checkProtection(
  tenant: StoredResource<'Tenant'> | undefined,
  { kind, name }: ResourceKey<ResourceKind>,
  confirm: string | undefined,
): void {
  if (!isProtected(tenant) || confirm === name) return
  throw new KaasError('deletion-protected', {
    message: `The ${kind === 'Tenant' ? 'tenant' : 'topic'} "${name}" is protected against deletion. Its data would be lost.`,
    help: `Repeat the name to delete it: --confirm ${name} (API: ?confirm=${name}), or set spec.deletionProtection: false on the tenant.`,
  })
}

async function tenantOf({ store }: ServiceParts, { tenant }: ResourceKey): Promise<StoredResource<'Tenant'> | undefined> {
  return tenant === undefined ? undefined : await store.loadResource({ kind: 'Tenant', name: tenant })
}

function checkUnused({ kind, name }: ResourceKey, users: readonly string[], what: string): void {
  if (users.length === 0) return
  const some = users.slice(0, 3).join(', ')
  const more = users.length > 3 ? ' and others' : ''
  throw new KaasError('resource-in-use', {
    message: `The ${kind} "${name}" is used by the ${what} ${some}${more}.`,
    help: `Delete these ${what} first, or let them name another.`,
  })
}
