// SPDX-License-Identifier: Apache-2.0
/** When a resource is as it was ordered. */
import type { ResourceAnswer } from '@kaas/http-contract'

/** Whether it is ready in its newest generation: a change that was not looked at yet is not. */
export function isReady({ metadata, status }: Pick<ResourceAnswer, 'metadata' | 'status'>): boolean {
  const ready = status?.conditions.find(({ type }) => type === 'Ready')
  return ready?.status === 'True' && status?.observedGeneration === metadata.generation
}
