// SPDX-License-Identifier: Apache-2.0
/** How many processes serve one gateway. */
import { availableParallelism } from 'node:os'

/** `auto` is one for each processor that this container or machine may use. */
export function processCount(configured: number | 'auto'): number {
  return configured === 'auto' ? Math.min(availableParallelism(), 64) : configured
}
