// SPDX-License-Identifier: Apache-2.0
/** An editor for YAML and JSON with colours and folding. Its code is loaded when it is first shown; until then there are grey bars. */
import { lazy, Suspense } from 'react'
import { Loading } from '../states.tsx'
import type { TextEditorProps } from './editor-props.ts'
import classes from './text-editor.module.css'

const CodeMirrorEditor = lazy(() =>
  import('./code-mirror-editor.tsx').then((module) => ({ default: module.CodeMirrorEditor })),
)

export function TextEditor(props: TextEditorProps) {
  return (
    <div className={classes.editor} style={{ height: props.height }}>
      <Suspense fallback={<Loading rows={8} />}>
        <CodeMirrorEditor {...props} />
      </Suspense>
    </div>
  )
}
