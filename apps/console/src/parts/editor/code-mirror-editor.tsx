// SPDX-License-Identifier: Apache-2.0
/** CodeMirror in React. The text lives in the editor; what comes from outside replaces it only when it is another one. */
import { json } from '@codemirror/lang-json'
import { yaml } from '@codemirror/lang-yaml'
import { setDiagnostics } from '@codemirror/lint'
import { unifiedMergeView } from '@codemirror/merge'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { basicSetup } from 'codemirror'
import { useEffect, useRef } from 'react'
import type { Language, TextEditorProps } from './editor-props.ts'
import { editorTheme } from './editor-theme.ts'
import classes from './text-editor.module.css'

export function CodeMirrorEditor({ label, value, language, onChange, original, problems = [] }: TextEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const changed = useRef(onChange)
  changed.current = onChange
  const first = useRef(value)
  const isReadOnly = onChange === undefined
  useEffect(() => {
    if (place.current === null) return
    const extensions = extensionsFor({ label, language, isReadOnly, original, changed: (text) => changed.current?.(text) })
    const made = new EditorView({ doc: first.current, parent: place.current, extensions })
    view.current = made
    return () => {
      first.current = made.state.doc.toString()
      made.destroy()
    }
  }, [label, language, isReadOnly, original])
  useEffect(() => replaceText(view.current, value), [value])
  useEffect(() => showProblems(view.current, problems), [problems])
  return <div ref={place} className={classes.place} />
}

interface Wanted {
  readonly label: string
  readonly language: Language
  readonly isReadOnly: boolean
  readonly original: string | undefined
  readonly changed: (text: string) => void
}

function extensionsFor({ label, language, isReadOnly, original, changed }: Wanted): Extension {
  return [
    basicSetup,
    editorTheme,
    new Compartment().of(languageOf(language)),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorState.readOnly.of(isReadOnly),
    original === undefined ? [] : unifiedMergeView({ original, mergeControls: false }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString())
    }),
  ]
}

function languageOf(language: Language): Extension {
  switch (language) {
    case 'yaml':
      return yaml()
    case 'json':
      return json()
    case 'text':
      return []
    default:
      return language satisfies never
  }
}

function replaceText(view: EditorView | undefined, value: string): void {
  if (view === undefined || view.state.doc.toString() === value) return
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } })
}

function showProblems(view: EditorView | undefined, problems: NonNullable<TextEditorProps['problems']>): void {
  if (view === undefined) return
  const { doc } = view.state
  const diagnostics = problems.map(({ line, message }) => {
    const { from, to } = doc.line(Math.max(1, Math.min(line, doc.lines)))
    return { from, to, message, severity: 'error' as const }
  })
  view.dispatch(setDiagnostics(view.state, diagnostics))
}
