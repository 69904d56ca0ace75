// SPDX-License-Identifier: Apache-2.0
/** Whose files are made of a document that changed: they are looked at again, in the same transaction. */
import type { ResourceKey, StoredResource, StoreSession } from '@kaas/store'
import { isDedicated } from '../tenants/is-dedicated.ts'
import { sharesWith } from '../tenants/shared-topics.ts'

/** The tenants with Kafka of their own that a topic, a user or a team belongs to; of a tenant or topic the shares of it. */
export async function wakeDependents(session: StoreSession, { kind, name, tenant }: StoredResource): Promise<void> {
  if (kind === 'Tenant') return await wakeShares(session, name)
  if (kind === 'Topic' && tenant !== undefined) await wakeSharesOf(session, tenant, name)
  const keys = kind === 'Team' ? await tenantsOf(session, name) : tenant === undefined ? [] : await ownerOf(session, tenant)
  if (keys.length > 0) await session.requestWork({ keys })
}

async function ownerOf(session: StoreSession, name: string): Promise<readonly ResourceKey[]> {
  const key = { kind: 'Tenant', name } as const
  const tenant = await session.loadResource(key)
  return tenant !== undefined && isDedicated(tenant) ? [key] : []
}

async function wakeShares(session: StoreSession, tenant: string): Promise<void> {
  const { items: given } = await session.listResources({ kind: 'TopicShare', tenant, limit: 1000 })
  await wake(session, [...given, ...(await sharesWith(session, tenant))])
}

async function wake(session: StoreSession, shares: readonly StoredResource<'TopicShare'>[]): Promise<void> {
  const keys = shares.map((share) => ({ kind: 'TopicShare', tenant: share.tenant ?? '', name: share.name }) as const)
  if (keys.length > 0) await session.requestWork({ keys })
}

/** Shares of the topic, and shares that hold its name in its tenant. */
async function wakeSharesOf(session: StoreSession, tenant: string, topic: string): Promise<void> {
  const { items: given } = await session.listResources({
    kind: 'TopicShare',
    tenant,
    limit: 1000,
    filter: `spec.topic=${topic}`,
  })
  const { items: rivals } = await session.listResources({
    kind: 'TopicShare',
    limit: 1000,
    filter: `spec.with=${tenant},spec.as=${topic}`,
  })
  await wake(session, [...given, ...rivals])
}

async function tenantsOf(session: StoreSession, team: string): Promise<readonly ResourceKey[]> {
  const filter = `spec.team=${team},spec.isolation!=virtual`
  const { items } = await session.listResources({ kind: 'Tenant', limit: 1000, filter })
  return items.map(({ name }) => ({ kind: 'Tenant', name }))
}
