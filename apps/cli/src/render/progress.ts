// SPDX-License-Identifier: Apache-2.0
/** Progress of long work: one line that turns on a terminal, a plain line per change elsewhere. */
import type { Terminal } from '../terminal.ts'
import { renderLasting } from './lasting.ts'
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
    const time = seconds === 0 ? '' : ` ${renderLasting(seconds)}`
    // The time stays in sight: on a narrow terminal it is the text that is cut.
    const room = Math.max(8, (this.#terminal.width ?? 80) - 1 - time.length - 2)
    const text = this.#text.replace(/\p{Cc}+/gu, ' ')
    const shown = text.length > room ? `${text.slice(0, room - 1)}…` : text
    this.#terminal.err(`\r\u001b[K${this.#style('cyan', `${frame} ${shown}${time}`)}`)
  }
}
