// SPDX-License-Identifier: Apache-2.0
/** The topics of a tenant as Kafka has them, documented or not. */
import type { KafkaTopicAnswer, PartialProblem } from '@kaas/http-contract'
import type { KafkaViews } from '../kafka-views.ts'
import type { ListQuestion, ViewPage } from '../lists/ordered-list.ts'
import { unlessPartial } from '../partial.ts'

/** Throws `resource-absent`, `not-supported` and `usage-invalid`; a cluster that is away is the problem of the answer. */
export async function listKafkaTopics(
  views: KafkaViews,
  tenant: string,
  question: ListQuestion,
): Promise<ViewPage<KafkaTopicAnswer> & { readonly problem?: PartialProblem }> {
  const { list, problem } = await views.indexOf(tenant).topics()
  return { ...(list?.page(question) ?? { items: [], total: 0 }), ...unlessPartial(problem) }
}
