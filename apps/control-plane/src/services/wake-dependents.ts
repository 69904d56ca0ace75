// SPDX-License-Identifier: Apache-2.0
/** Whose files are made of a document that changed: they are looked at again, in the same transaction. */
import type { ResourceKey, StoredResource, StoreSession } from '@kaas/store'
import { isDedicated } from '../tenants/is-dedicated.ts'

/** The tenants with Kafka of their own that a topic, a user or a team belongs to. */
export async function wakeDependents(session: StoreSession, { kind, name, tenant }: StoredResource): Promise<void> {
  const keys = kind === 'Team' ? await tenantsOf(session, name) : tenant === undefined ? [] : await ownerOf(session, tenant)
  if (keys.length > 0) await session.requestWork({ keys })
}

async function ownerOf(session: StoreSession, name: string): Promise<readonly ResourceKey[]> {
  const key = { kind: 'Tenant', name } as const
  const tenant = await session.loadResource(key)
  return tenant !== undefined && isDedicated(tenant) ? [key] : []
}

async function tenantsOf(session: StoreSession, team: string): Promise<readonly ResourceKey[]> {
  const filter = `spec.team=${team},spec.isolation!=virtual`
  const { items } = await session.listResources({ kind: 'Tenant', limit: 1000, filter })
  return items.map(({ name }) => ({ kind: 'Tenant', name }))
}
