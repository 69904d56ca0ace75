// SPDX-License-Identifier: Apache-2.0
/** What the parts of the question bar share. */
import type { TopicPath } from '@kaas/http-contract'
import type { Schemas } from './browse-question.ts'
import type { BrowseState } from './use-browse-log.ts'
import type { QuestionState } from './use-question.ts'

/** The topic, what is asked, and what came of it. */
export interface QuestionProps {
  readonly place: TopicPath
  readonly asking: QuestionState
  readonly browse: BrowseState
  readonly schemas: Schemas
  readonly onSchemas: (schemas: Schemas) => void
}
