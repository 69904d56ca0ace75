// SPDX-License-Identifier: Apache-2.0
/** `kaas plan`: what a workload would get. Changes nothing. */
import { type ProfileName, parseWorkload, renderWorkload } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { Output } from '../output-names.ts'
import type { WorkloadOptions } from '../program-options.ts'
import { renderValue } from '../render/output.ts'
import { renderPlan } from '../render/plan.ts'
import type { Session } from '../session.ts'

/** Options of `plan` beside the workload. */
export interface PlanOptions {
  readonly profile: ProfileName
  readonly cluster?: string
  readonly output: Output
}

/** Prints the plan. Throws `workload-too-large` after it when nothing at all holds the workload. */
export async function planCommand(
  { client, terminal, style }: Session,
  workload: WorkloadOptions,
  options: PlanOptions,
): Promise<void> {
  parseWorkload(workload)
  const { profile, cluster, output } = options
  const plan = await client.plan({ workload, profile, ...(cluster === undefined ? {} : { cluster }) })
  if (output === 'json' || output === 'yaml') terminal.out(renderValue(plan, output))
  else if (output === 'name') terminal.out(plan.shared.map((each) => `${each.cluster} ${each.kind}\n`).join(''))
  else terminal.out(renderPlan(plan, { style, width: terminal.width }))
  const { dedicated } = plan
  if (dedicated.kind === 'fits' || plan.shared.some(({ kind }) => kind === 'fits')) return
  throw new KaasError('workload-too-large', {
    message: `No cluster holds ${renderWorkload(plan.workload)}; ${dedicated.binding} binds.`,
    help:
      dedicated.largest === undefined
        ? 'Ask for less.'
        : `The largest that an own cluster holds is ${renderWorkload(dedicated.largest)}.`,
  })
}
