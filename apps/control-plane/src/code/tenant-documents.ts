// SPDX-License-Identifier: Apache-2.0
/** Stored resources as documents: what is rendered into Git, and read back from it. */
import { API_VERSION, parseDocument, type Resource, type ResourceKind, type ResourceOf } from '@kaas/domain'
import { asKaasError, KaasError } from '@kaas/errors'
import type { StoredResource, StoreSession } from '@kaas/store'
import { parseAllDocuments } from 'yaml'

/** A topic, a user or a share. */
export type Child = StoredResource<'Topic'> | StoredResource<'User'> | StoredResource<'TopicShare'>

/** A tenant with all that is to be, as stored: what is being deleted is left out. */
export interface TenantIntent {
  readonly tenant: StoredResource<'Tenant'>
  readonly team: StoredResource<'Team'> | undefined
  readonly children: readonly Child[]
  /** `Topic/name`, `User/name` and `TopicShare/name` of everything that is stored, also of what is being deleted. */
  readonly known: ReadonlySet<string>
  /** The time of the newest change in it, deletions included. */
  readonly upTo: Date
}

const PAGE = 1000

/** Reads everything of a tenant, in the order of kinds and names. */
export async function loadIntent(store: StoreSession, tenant: StoredResource<'Tenant'>): Promise<TenantIntent> {
  const team = await store.loadResource({ kind: 'Team', name: tenant.spec.team })
  const all: readonly Child[] = [
    ...(await allOf(store, 'Topic', tenant.name)),
    ...(await allOf(store, 'User', tenant.name)),
    ...(await allOf(store, 'TopicShare', tenant.name)),
  ]
  const children = all.filter(({ deletionRequestedAt }) => deletionRequestedAt === undefined)
  const upTo = new Date(Math.max(...[tenant, ...all].map((each) => changedAt(each).getTime())))
  const known = new Set(all.map(({ kind, name }) => `${kind}/${name}`))
  return { tenant, team, children, known, upTo }
}

/** When a resource was changed or its deletion asked for. */
export function changedAt({ updatedAt, deletionRequestedAt }: StoredResource): Date {
  return deletionRequestedAt !== undefined && deletionRequestedAt > updatedAt ? deletionRequestedAt : updatedAt
}

/** All resources of a kind in a tenant, by name. */
export async function allOf<K extends 'Topic' | 'User' | 'TopicShare'>(
  store: StoreSession,
  kind: K,
  tenant: string,
): Promise<StoredResource<K>[]> {
  const found: StoredResource<K>[] = []
  let cursor: string | undefined
  do {
    const page = await store.listResources({ kind, tenant, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return found
}

/** A stored resource as its author would write it. */
export function documentOf<K extends ResourceKind>(resource: StoredResource<K>): ResourceOf<K> {
  const { kind, name, tenant, labels, annotations, spec } = resource
  const metadata = { name, ...(tenant === undefined ? {} : { tenant }), labels, annotations }
  return { apiVersion: API_VERSION, kind, metadata, spec } as unknown as ResourceOf<K>
}

/** The file of a tenant's documents. */
export function fileOf(tenant: string): string {
  return `tenants/${tenant}/tenant.yaml`
}

/** The documents in a YAML text. Throws `document-invalid` or `name-invalid` for the first that is none. */
export function parseDocuments(text: string): readonly Resource[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors[0] !== undefined) {
      throw new KaasError('document-invalid', {
        message: `The YAML cannot be read: ${document.errors[0].message.split('\n')[0] ?? ''}`,
        help: 'Correct it and push again.',
      })
    }
    const value: unknown = document.toJS()
    return value === null || value === undefined ? [] : [parseDocument(value)]
  })
}

/** The documents of a tenant's file that can be read; empty when there is none or it is broken. */
export function documentsIn(text: string | undefined): readonly Resource[] {
  if (text === undefined) return []
  try {
    return parseDocuments(text)
  } catch (error) {
    if (asKaasError(error).code === 'internal-bug') throw error
    return []
  }
}
