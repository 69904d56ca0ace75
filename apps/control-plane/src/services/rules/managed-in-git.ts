// SPDX-License-Identifier: Apache-2.0
/** The rule of tenants that are managed in Git: what is in their file is changed there and nowhere else. */
import type { Resource } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { ResourceKey, StoreSession } from '@kaas/store'
import { canonical } from '../../code/canonical.ts'
import { documentOf, fileOf } from '../../code/tenant-documents.ts'

/**
 * Throws `managed-in-git`, naming the file, for a write that did not come by Git. Let through: a document that changes nothing, and one
 * that changes nothing but who manages the tenant. `document` is absent for a deletion.
 */
export async function refuseManagedInGit(
  store: StoreSession,
  key: ResourceKey,
  document: Resource | undefined,
  via: 'git' | undefined,
): Promise<void> {
  const name = key.kind === 'Tenant' ? key.name : key.tenant
  if (via === 'git' || name === undefined) return
  const tenant = await store.loadResource({ kind: 'Tenant', name })
  if (tenant?.spec.management !== 'git') return
  const stored = key.kind === 'Tenant' ? tenant : await store.loadResource(key)
  if (document !== undefined && stored !== undefined && content(documentOf(stored)) === content(document)) return
  throw new KaasError('managed-in-git', {
    message: `The tenant "${name}" is managed in Git: its documents are changed in ${fileOf(name)} of the repository of tenants.`,
    help: `Change ${fileOf(name)} and merge it. To change it here instead, send the tenant as it is with management: api first.`,
  })
}

/** All that a document says, but for who manages it. */
function content({ metadata, spec }: Resource): string {
  const { labels, annotations } = metadata
  return canonical({ labels, annotations, spec: { ...spec, management: undefined } })
}
