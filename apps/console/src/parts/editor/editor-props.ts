// SPDX-License-Identifier: Apache-2.0
/** What an editor is given. */

/** Languages with colours. */
export type Language = 'yaml' | 'json' | 'text'

/** What an editor is given. `onChange` absent: it can only be read. */
export interface TextEditorProps {
  /** What is edited, for those who do not see it. */
  readonly label: string
  readonly value: string
  readonly language: Language
  readonly onChange?: (value: string) => void
  /** Shown against this text: what differs is marked. */
  readonly original?: string
  /** CSS height; grows with its text when absent, up to two thirds of the window. */
  readonly height?: string
  /** Marked in the text, lines counted from 1. */
  readonly problems?: readonly { readonly line: number; readonly message: string }[]
}
