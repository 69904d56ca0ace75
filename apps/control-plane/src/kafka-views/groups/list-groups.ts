// SPDX-License-Identifier: Apache-2.0
/** The groups of a tenant, with members and lag. */
import type { GroupSummary, PartialProblem } from '@kaas/http-contract'
import type { KafkaViews } from '../kafka-views.ts'
import type { ListQuestion, ViewPage } from '../lists/ordered-list.ts'
import { unlessPartial } from '../partial.ts'

/** Throws `resource-absent`, `not-supported` and `usage-invalid`; a cluster that is away is the problem of the answer. */
export async function listGroups(
  views: KafkaViews,
  tenant: string,
  question: ListQuestion,
): Promise<ViewPage<GroupSummary> & { readonly problem?: PartialProblem }> {
  const { list, problem } = await views.indexOf(tenant).groupList()
  return { ...(list?.page(question) ?? { items: [], total: 0 }), ...unlessPartial(problem) }
}
