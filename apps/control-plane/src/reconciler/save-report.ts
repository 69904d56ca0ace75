// SPDX-License-Identifier: Apache-2.0
/** Writes what a run has to say into the status of its resource. */
import { isDeepStrictEqual } from 'node:util'
import type { Status } from '@kaas/domain'
import { toCondition } from '@kaas/errors'
import type { ResourceKey, StoredResource } from '@kaas/store'
import { conditionsFrom, type Verdict } from './conditions.ts'
import type { Report, RunContext } from './run-context.ts'

/** Saves the status when it says something new, and returns it. A resource that was deleted and made again meanwhile is left alone. */
export async function saveReport(context: RunContext, resource: StoredResource, report: Report): Promise<Status> {
  const before = resource.status
  const status: Status = {
    conditions: conditionsFrom(withIntake(context, resource, report.verdict), before?.conditions ?? [], context.now()),
    observedGeneration: resource.generation,
    observed: { ...report.observed },
  }
  if (before !== undefined && isDeepStrictEqual(before, status)) return status
  await context.store.saveStatus(keyOf(resource), resource.uid, status)
  return status
}

/** A document in Git that cannot be taken over is said beside what runs. */
function withIntake({ code }: RunContext, { kind, name }: StoredResource, verdict: Verdict): Verdict {
  const problem = kind === 'Tenant' ? code?.problems.of(name) : undefined
  return problem === undefined ? verdict : { ...verdict, Accepted: { status: 'False', ...toCondition(problem) } }
}

/** The key of a stored resource. */
export function keyOf(resource: StoredResource): ResourceKey {
  const { kind, tenant, name } = resource
  return tenant === undefined ? { kind, name } : { kind, tenant, name }
}

/** Whether the resource was ready when it was looked at last. */
export function wasReady(resource: StoredResource): boolean {
  return resource.status?.conditions.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
}
