// SPDX-License-Identifier: Apache-2.0
/** What the editor of a document is given. */
import type { ResourceKind } from '@kaas/domain'
import type { ResourceItem, ResourceRef } from '../data/resources.ts'

export interface DocumentEditorProps<K extends ResourceKind> {
  readonly reference: ResourceRef<K>
  readonly resource: ResourceItem<K>
  /** Whether the person may change it; else it is only shown. */
  readonly mayEdit: boolean
  /** Called after it was saved. */
  readonly onSaved?: () => void
}
