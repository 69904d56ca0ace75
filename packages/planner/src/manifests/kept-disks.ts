// SPDX-License-Identifier: Apache-2.0
/**
 * Disks that a tenant has by what was rendered of it before. Volumes in Kubernetes only grow, so a smaller order keeps them; without
 * this, Git would ask for less than there is, for ever (decision 0018).
 */
import type { DedicatedPlan } from '@kaas/domain'
import { planKeeping } from '../plan-change.ts'

const GIB = 1024 ** 3

/** `plan` with at least the disks in the pools of brokers that `read` finds by their paths; what is no pool of ours counts for nothing. */
export function keepingDisks(
  plan: DedicatedPlan,
  paths: readonly string[],
  read: (path: string) => string | undefined,
): DedicatedPlan {
  if (plan.kind !== 'fits') return plan
  return paths.reduce<DedicatedPlan>((kept, path) => {
    // Our own text: one line for each volume, and no other size.
    const sizes = [...(read(path)?.matchAll(/^ +size: (\d+)Gi(?: |$)/gm) ?? [])].map(([, size]) => Number(size))
    if (sizes.length === 0) return kept
    const disks = { volumes: sizes.length, diskBytes: sizes.length * Math.max(...sizes) * GIB }
    return planKeeping({ ...plan, broker: { ...plan.broker, ...disks } }, kept)
  }, plan)
}
