// SPDX-License-Identifier: Apache-2.0
/** The terminal as the commands see it: where text goes, how wide it is, whether a person sits there. */
import { spawn } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { KaasError } from '@kaas/errors'

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
  /** Has the next Ctrl-C call `act` in place of ending the process, until the function that it returns is called. */
  readonly onInterrupt: (act: () => void) => () => void
  readonly readInput: () => Promise<string>
  /** Returns when the person has left her editor. Throws `tool-missing` or `cancelled-by-caller` when it cannot start or fails. */
  readonly openEditor: (file: string) => Promise<void>
  /** Shows an address in the person's browser. False when there is none to be started from here. */
  readonly openBrowser: (address: string) => Promise<boolean>
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
    ask: (question) => askPerson(createInterface({ input: stdin, output: stderr }), question),
    onInterrupt: (act) => {
      process.once('SIGINT', act)
      return () => process.off('SIGINT', act)
    },
    readInput: () => text(stdin),
    openEditor: (file) => runEditor(environment.VISUAL || environment.EDITOR || 'vi', file),
    openBrowser: (address) => startBrowser(address, environment),
    now: () => Date.now(),
  }
}

/** The next line of a person. Throws `cancelled-by-caller` when she leaves by Ctrl-C or Ctrl-D instead. */
export function askPerson(lines: Interface, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    lines.once('close', () => reject(new KaasError('cancelled-by-caller', { message: 'The question was not answered.' })))
    lines.once('SIGINT', () => lines.close())
    lines.question(question, (answer) => {
      resolve(answer)
      lines.close()
    })
  })
}

/** A browser on the machine at the other end of SSH is none. */
function startBrowser(address: string, { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION }: NodeJS.ProcessEnv): Promise<boolean> {
  const hasScreen = process.platform !== 'linux' || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined
  if (!hasScreen || SSH_CONNECTION !== undefined) return Promise.resolve(false)
  const program = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer.exe' : 'xdg-open'
  const child = spawn(program, [address], { stdio: 'ignore', detached: true })
  child.unref()
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('spawn', () => resolve(true))
  })
}

/** The variables hold a command line, as in `code --wait`, so that a shell reads it. */
function runEditor(editor: string, file: string): Promise<void> {
  const child = spawn('sh', ['-c', `${editor} "$1"`, 'kaas', file], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exit) => {
      if (exit === 0) resolve()
      else reject(editorError(editor, exit))
    })
  })
}

function editorError(editor: string, exit: number | null): KaasError {
  const help = 'Name your editor in EDITOR, for example EDITOR=nano.'
  return exit === 126 || exit === 127
    ? new KaasError('tool-missing', { message: `The editor "${editor}" cannot be started.`, help })
    : new KaasError('cancelled-by-caller', {
        message: `The editor "${editor}" ended with ${exit ?? 'a signal'}; nothing was changed.`,
      })
}

function widthIn({ COLUMNS }: NodeJS.ProcessEnv): number | undefined {
  return COLUMNS !== undefined && /^\d{1,5}$/.test(COLUMNS) ? Number(COLUMNS) : undefined
}

function wantsColor({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true
  return isTerminal && TERM !== 'dumb'
}
