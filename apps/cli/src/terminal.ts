// SPDX-License-Identifier: Apache-2.0
/** The terminal as the commands see it: where text goes, how wide it is, whether a person sits there. */
import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'

/** Results go to `out`, progress and errors to `err`, so that a pipe carries results only. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Columns of standard output; undefined when it is no terminal, and nothing needs to be cut. */
  readonly width: number | undefined
  /** Whether a person watches the progress on standard error. */
  readonly watched: boolean
  /** Whether a person can answer a question. */
  readonly canAsk: boolean
  readonly color: boolean
  readonly ask: (question: string) => Promise<string>
  readonly readInput: () => Promise<string>
  readonly now: () => number
}

/** The terminal of this process. NO_COLOR (no-color.org) and TERM=dumb turn colours off, FORCE_COLOR on. */
export function processTerminal(environment: NodeJS.ProcessEnv): Terminal {
  const { stdin, stdout, stderr } = process
  // The reader of a pipe may leave before everything is written, as `head` does.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return {
    out: (line) => stdout.write(line),
    err: (line) => stderr.write(line),
    width: stdout.isTTY ? (widthIn(environment) ?? stdout.columns) : undefined,
    watched: stderr.isTTY === true && environment.TERM !== 'dumb',
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    color: wantsColor(environment, stdout.isTTY === true),
    ask: async (question) => {
      const lines = createInterface({ input: stdin, output: stderr })
      try {
        return await lines.question(question)
      } finally {
        lines.close()
      }
    },
    readInput: () => text(stdin),
    now: () => Date.now(),
  }
}

function widthIn({ COLUMNS }: NodeJS.ProcessEnv): number | undefined {
  return COLUMNS !== undefined && /^\d{1,5}$/.test(COLUMNS) ? Number(COLUMNS) : undefined
}

function wantsColor({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true
  return isTerminal && TERM !== 'dumb'
}
