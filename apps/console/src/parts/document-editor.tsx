// SPDX-License-Identifier: Apache-2.0
/** A resource as YAML, to read and to edit. What does it (`document-editing.tsx`) is loaded when it is first shown: YAML is heavy. */
import type { ResourceKind } from '@kaas/domain'
import { lazy, Suspense } from 'react'
import type { DocumentEditorProps } from './document-editor-props.ts'
import { Loading } from './states.tsx'

const Editing = lazy(() => import('./document-editing.tsx').then(({ DocumentEditing }) => ({ default: DocumentEditing })))

export function DocumentEditor<K extends ResourceKind>(props: DocumentEditorProps<K>) {
  return (
    <Suspense fallback={<Loading rows={8} />}>
      <Editing {...(props as unknown as DocumentEditorProps<ResourceKind>)} />
    </Suspense>
  )
}
