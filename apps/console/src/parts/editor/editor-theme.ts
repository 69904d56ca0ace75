// SPDX-License-Identifier: Apache-2.0
/** The editor in the colours of the console, which follow the theme by themselves. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const look = EditorView.theme({
  '&': { color: 'var(--mantine-color-text)', backgroundColor: 'var(--kaas-surface)' },
  '.cm-content': { caretColor: 'var(--mantine-color-text)', fontFamily: 'var(--mantine-font-family-monospace)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--kaas-surface-head)',
    color: 'var(--mantine-color-dimmed)',
    borderRight: '1px solid var(--kaas-line-soft)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--kaas-hover) 60%, transparent)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--kaas-selected) !important' },
  '.cm-panels': { backgroundColor: 'var(--kaas-surface-head)', color: 'var(--mantine-color-text)' },
  '.cm-tooltip': { backgroundColor: 'var(--kaas-surface)', border: '1px solid var(--kaas-line)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--kaas-sunken)', border: 'none', color: 'var(--mantine-color-dimmed)' },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': {
    backgroundColor: 'color-mix(in srgb, var(--kaas-good) 14%, transparent)',
  },
  '.cm-deletedChunk': { backgroundColor: 'color-mix(in srgb, var(--kaas-bad) 14%, transparent)' },
})

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--mantine-color-anchor)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--kaas-good-text)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--kaas-warn-text)' },
  { tag: tags.comment, color: 'var(--mantine-color-dimmed)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--kaas-bad-text)' },
])

/** Look and colours. */
export const editorTheme: Extension = [look, syntaxHighlighting(colours)]
