// SPDX-License-Identifier: Apache-2.0
/** A terminal that writes down what it is given: for tests of text, at a fixed time and width, without colours. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Terminal } from '../src/terminal.ts'

/** The terminal and what was written to it so far. */
export interface RecordedTerminal extends Terminal {
  readonly written: { out: string; err: string }
}

/** A terminal; `answers` are given to questions one after the other, and make it one where a person sits. */
export function recordedTerminal(
  options: {
    readonly answers?: readonly string[]
    readonly input?: string
    readonly nowMs?: number
    readonly width?: number
    /** What a person does in her browser when an address is shown there; without it there is no browser. */
    readonly browse?: (address: string) => Promise<void>
    /** What a person does to the file each time her editor opens, one after the other; then she leaves it as it is. */
    readonly edits?: readonly ((text: string) => string)[]
  } = {},
): RecordedTerminal {
  const written = { out: '', err: '' }
  const answers = [...(options.answers ?? [])]
  const edits = [...(options.edits ?? [])]
  return {
    written,
    out: (text) => {
      written.out += text
    },
    err: (text) => {
      written.err += text
    },
    width: options.width,
    watched: false,
    canAsk: options.answers !== undefined,
    color: false,
    ask: async (question) => {
      written.err += question
      return answers.shift() ?? ''
    },
    onInterrupt: () => () => {},
    openEditor: async (file) => {
      const edit = edits.shift()
      if (edit !== undefined) writeFileSync(file, edit(readFileSync(file, 'utf8')))
    },
    readInput: async () => options.input ?? '',
    openBrowser: async (address) => {
      await options.browse?.(address)
      return options.browse !== undefined
    },
    now: () => options.nowMs ?? Date.now(),
  }
}
