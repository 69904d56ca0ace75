// SPDX-License-Identifier: Apache-2.0
/**
 * A workload as numbers: what a tenant's document says about its data, parsed once. Defaults of limits are not here: the
 * planner chooses and sources them (`limitsFor`).
 */
import { KaasError } from '@kaas/errors'
import { z } from 'zod'
import { parseDuration, parseRate, renderDuration, renderRate } from './quantities.ts'
import type { WorkloadSpec } from './resources/tenant.ts'

/** What the user states, in base units. The last five are undefined when she leaves them to the planner. */
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
  requestsPerSecond: z.number().int().positive().optional(),
  connectionsPerSecond: z.number().int().positive().optional(),
  users: z.number().int().positive().optional(),
})
export type Workload = Readonly<z.infer<typeof workloadNumbersSchema>>

/** Names of the limits that may be stated beside the data: whole numbers. */
const STATED = ['partitions', 'connections', 'requestsPerSecond', 'connectionsPerSecond', 'users'] as const

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
    ...statedLimits(spec),
  }
}

/** A workload in a user's words, as `plan` and refusals show it: `5MB/s in, 15MB/s out, kept 7d`. */
export function renderWorkload(workload: Workload): string {
  const rates = `${renderRate(workload.produceBytesPerSecond)} in, ${renderRate(workload.consumeBytesPerSecond)} out`
  return [
    `${rates}, kept ${renderDuration(workload.retentionMs)}`,
    ...stated(workload.partitions, 'partitions'),
    ...stated(workload.connections, 'connections'),
    ...stated(workload.requestsPerSecond, 'requests/s'),
    ...stated(workload.connectionsPerSecond, 'new connections/s'),
  ].join(', ')
}

function statedLimits(spec: WorkloadSpec): Pick<Workload, (typeof STATED)[number]> {
  const stated = STATED.filter((name) => spec[name] !== undefined)
  return Object.fromEntries(stated.map((name) => [name, spec[name]]))
}

function stated(value: number | undefined, what: string): readonly string[] {
  return value === undefined ? [] : [`${value} ${what}`]
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
