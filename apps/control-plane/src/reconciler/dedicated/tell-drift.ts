// SPDX-License-Identifier: Apache-2.0
/** Tells that files of a tenant were changed by hand and written back: as an event, and in the audit log. */
import { describeKind, resourcePath } from '@kaas/http-contract'
import type { StoredResource, StoreSession } from '@kaas/store'
import { keyOf } from '../save-report.ts'

/** `commit` is the one that wrote them back. */
export async function tellDrift(
  store: StoreSession,
  tenant: StoredResource<'Tenant'>,
  paths: readonly string[],
  commit: string,
): Promise<void> {
  const subject = resourcePath(describeKind('Tenant'), tenant.name)
  const what = { actor: 'git', actorKind: 'git', via: 'reconciler', action: 'drift', subject } as const
  const audit = { ...what, outcome: 'denied', rule: 'rendered-files' } as const
  await store.saveDrift(keyOf(tenant), { ...audit, after: { paths, writtenBackBy: commit } })
}
