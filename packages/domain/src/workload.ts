// SPDX-License-Identifier: Apache-2.0
/**
 * A workload as numbers: what a tenant's document says about its data, parsed once. Defaults of limits are not here: the
 * planner chooses and sources them (`limitsFor`).
 */
import { KaasError } from '@kaas/errors'
import { z } from 'zod'
import { parseDuration, parseRate, renderDuration, renderRate } from './quantities.ts'
import type { WorkloadSpec } from './resources/tenant.ts'

/** What the user states, in base units. The last three are undefined when she leaves them to the planner. */
export const workloadNumbersSchema = z.object({
  /** Peak, after compression by the client, before replication. */
  produceBytesPerSecond: z.number().positive(),
  /** Peak of all readers together. */
  consumeBytesPerSecond: z.number().positive(),
  retentionMs: z.number().positive(),
  /** Undefined when all that is kept stays on the brokers' own disks. */
  localRetentionMs: z.number().positive().optional(),
  partitions: z.number().int().positive().optional(),
  connections: z.number().int().positive().optional(),
  users: z.number().int().positive().optional(),
})
export type Workload = Readonly<z.infer<typeof workloadNumbersSchema>>

/**
 * The numbers of a workload. Without `consume` and `fanOut` one reader of everything is assumed. Throws `quantity-invalid`
 * with the path of the field, so that a caller who skipped the document's schema still learns which one is wrong.
 */
export function parseWorkload(spec: WorkloadSpec): Workload {
  const produceBytesPerSecond = at('produce', () => parseRate(spec.produce))
  const { consume, localRetention } = spec
  return {
    produceBytesPerSecond,
    consumeBytesPerSecond:
      consume === undefined ? produceBytesPerSecond * (spec.fanOut ?? 1) : at('consume', () => parseRate(consume)),
    retentionMs: at('retention', () => parseDuration(spec.retention)),
    ...(localRetention === undefined ? {} : { localRetentionMs: at('localRetention', () => parseDuration(localRetention)) }),
    ...(spec.partitions === undefined ? {} : { partitions: spec.partitions }),
    ...(spec.connections === undefined ? {} : { connections: spec.connections }),
    ...(spec.users === undefined ? {} : { users: spec.users }),
  }
}

/** A workload in a user's words, as `plan` and refusals show it: `5MB/s in, 15MB/s out, kept 7d`. */
export function renderWorkload(workload: Workload): string {
  const rates = `${renderRate(workload.produceBytesPerSecond)} in, ${renderRate(workload.consumeBytesPerSecond)} out`
  return [
    `${rates}, kept ${renderDuration(workload.retentionMs)}`,
    ...(workload.partitions === undefined ? [] : [`${workload.partitions} partitions`]),
    ...(workload.connections === undefined ? [] : [`${workload.connections} connections`]),
  ].join(', ')
}

function at(field: string, parse: () => number): number {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof KaasError)) throw error
    throw new KaasError(error.code, {
      message: error.message,
      ...(error.help === undefined ? {} : { help: error.help }),
      fields: [{ path: `spec.workload.${field}`, message: error.message }],
      cause: error,
    })
  }
}
