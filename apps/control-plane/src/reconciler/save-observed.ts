// SPDX-License-Identifier: Apache-2.0
/** Notes for later runs in the status of a resource, beside what its conditions say. */
import type { StoredResource, StoreSession } from '@kaas/store'
import { keyOf } from './save-report.ts'

/**
 * Adds to what was observed. Conditions stay as they are now: a slow run has told something since it loaded the resource, which a copy from
 * before would take back. A resource that was deleted and made again meanwhile is left alone.
 */
export async function saveObserved(
  store: StoreSession,
  resource: StoredResource,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const now = await store.loadResource(keyOf(resource))
  const { conditions = [], observedGeneration = 0, observed = {} } = now?.status ?? {}
  await store.saveStatus(keyOf(resource), resource.uid, {
    conditions,
    observedGeneration,
    observed: { ...observed, ...more },
  })
}
