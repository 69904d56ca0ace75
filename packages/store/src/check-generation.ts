// SPDX-License-Identifier: Apache-2.0
/** Whether a write meets what it was made for: the condition of `If-Match` and `If-None-Match`. */
import { KaasError } from '@kaas/errors'
import { type ResourceKey, renderKey } from './resource.ts'

/** Throws `resource-changed` for a write that was made for another generation; 0 expects that there is nothing. */
export function checkGeneration(
  key: ResourceKey,
  stored: { readonly generation: number } | undefined,
  expected: number | undefined,
): void {
  const found = stored?.generation ?? 0
  if (expected === undefined || expected === found) return
  const state = found === 0 ? 'does not exist' : `has generation ${found}`
  const wanted = expected === 0 ? 'must not exist yet' : `was expected to have generation ${expected}`
  throw new KaasError('resource-changed', {
    message: `${renderKey(key)} ${state}, but ${wanted}.`,
    help: 'Read it again, look at what changed, and repeat the change.',
  })
}
