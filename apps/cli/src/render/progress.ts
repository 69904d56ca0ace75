// SPDX-License-Identifier: Apache-2.0
/** Progress of long work: one line that turns on a terminal, a plain line per change elsewhere. */
import type { Terminal } from '../terminal.ts'
import { type Style, styleFor } from './style.ts'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 100

/** Shows what is being waited for. `stop` leaves nothing behind on a terminal. */
export class Progress {
  readonly #terminal: Terminal
  readonly #style: Style
  readonly #started: number
  #text = ''
  #frame = 0
  #timer: NodeJS.Timeout | undefined

  constructor(terminal: Terminal) {
    this.#terminal = terminal
    this.#style = styleFor(terminal.color && terminal.watched)
    this.#started = terminal.now()
  }

  /** Says what happens now. The same text again changes nothing. */
  say(text: string): void {
    if (text === this.#text) return
    this.#text = text
    if (!this.#terminal.watched) {
      this.#terminal.err(`${text}\n`)
      return
    }
    this.#draw()
    this.#timer ??= setInterval(() => this.#draw(), FRAME_MS).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
    if (this.#timer !== undefined) this.#terminal.err('\r\u001b[K')
    this.#timer = undefined
  }

  #draw(): void {
    const seconds = Math.floor((this.#terminal.now() - this.#started) / 1000)
    const frame = FRAMES[this.#frame++ % FRAMES.length] ?? ''
    const line = `${frame} ${this.#text}${seconds === 0 ? '' : ` (${seconds}s)`}`
    this.#terminal.err(`\r\u001b[K${this.#style('cyan', line.slice(0, (this.#terminal.width ?? 80) - 1))}`)
  }
}
