// SPDX-License-Identifier: Apache-2.0
/**
 * What the gateway saw that belongs into the audit log, until the control plane has it (decision 0030). Its memory is bounded whatever
 * clients do: the first of equal events is kept at once, what repeats within a minute is one more with a count, and what does not fit is
 * counted. How it is sent is `journal-sender.ts`.
 */
import type { GatewayEvent } from '@kaas/domain'

/** What was seen. Never a password, a token or a part of a record. */
export type Seen = Omit<GatewayEvent, 'sequence' | 'count' | 'first' | 'last'> & {
  /** A name that the message ends with. Events that differ in nothing else are equal: the first one is told. */
  readonly example?: string
}

/** How much is kept. */
export interface JournalBounds {
  /** How long equal events are counted into one, in milliseconds. */
  readonly windowMs: number
  /** Different events in a window; those beyond are told without user and address. */
  readonly different: number
  /** Events that wait for the control plane. */
  readonly waiting: number
}

const USUAL_BOUNDS: JournalBounds = { windowMs: 60_000, different: 2000, waiting: 10_000 }

/** Equal events of the running window after the first of them. */
interface Repeated {
  readonly seen: Seen
  count: number
  firstMs: number
  lastMs: number
}

/** Events in their order, numbered. */
export class Journal {
  readonly #bounds: JournalBounds
  readonly #waiting: GatewayEvent[] = []
  #open = new Map<string, Repeated>()
  #windowEndsMs = 0
  #sequence = 0
  /** Since when, and how many, for want of room. */
  #lost = { count: 0, firstMs: 0, lastMs: 0 }

  constructor(bounds: JournalBounds = USUAL_BOUNDS) {
    this.#bounds = bounds
  }

  /** Events that wait, and those that were lost since the last one that could be kept. */
  get backlog(): { readonly waiting: number; readonly lost: number } {
    return { waiting: this.#waiting.length, lost: this.#lost.count }
  }

  note(seen: Seen, nowMs = Date.now()): void {
    this.#closeWindow(nowMs)
    const known = this.#open.get(keyOf(seen))
    if (known !== undefined) {
      repeat(known, nowMs)
      return
    }
    if (this.#open.size >= this.#bounds.different) {
      this.#noteOther(seen, nowMs)
      return
    }
    this.#open.set(keyOf(seen), { seen, count: 0, firstMs: nowMs, lastMs: nowMs })
    this.#keep(seen, 1, nowMs, nowMs)
  }

  /** The oldest events, at most `most`; they stay until `saved`. With `all`, what is being counted is told now: the gateway stops. */
  next(most: number, nowMs: number, all = false): readonly GatewayEvent[] {
    this.#closeWindow(all ? Number.POSITIVE_INFINITY : nowMs)
    this.#tellLost()
    return this.#waiting.slice(0, most)
  }

  /** The control plane has all up to this number. */
  saved(through: number): void {
    const rest = this.#waiting.findIndex(({ sequence }) => sequence > through)
    this.#waiting.splice(0, rest === -1 ? this.#waiting.length : rest)
  }

  #noteOther({ action, outcome, rule }: Seen, nowMs: number): void {
    const seen: Seen = { action, outcome, rule, message: 'There were more than can be told one by one.' }
    const known = this.#open.get(keyOf(seen)) ?? { seen, count: 0, firstMs: nowMs, lastMs: nowMs }
    this.#open.set(keyOf(seen), known)
    repeat(known, nowMs)
  }

  #closeWindow(nowMs: number): void {
    if (nowMs < this.#windowEndsMs) return
    const ended = this.#open
    this.#open = new Map()
    this.#windowEndsMs = Number.isFinite(nowMs) ? nowMs + this.#bounds.windowMs : 0
    for (const { seen, count, firstMs, lastMs } of ended.values()) if (count > 0) this.#keep(seen, count, firstMs, lastMs)
  }

  #keep(seen: Seen, count: number, firstMs: number, lastMs: number): void {
    this.#tellLost()
    if (this.#waiting.length < this.#bounds.waiting) {
      this.#append(seen, count, firstMs, lastMs)
      return
    }
    if (this.#lost.count === 0) this.#lost.firstMs = firstMs
    this.#lost.count += count
    this.#lost.lastMs = lastMs
  }

  /** As soon as there is room for it and one more. */
  #tellLost(): void {
    const { count, firstMs, lastMs } = this.#lost
    if (count === 0 || this.#waiting.length >= this.#bounds.waiting - 1) return
    this.#lost = { count: 0, firstMs: 0, lastMs: 0 }
    const message = `${count} events were lost: the control plane did not take them in time.`
    this.#append({ action: 'lose', outcome: 'denied', rule: 'no-room', message }, count, firstMs, lastMs)
  }

  #append(seen: Seen, count: number, firstMs: number, lastMs: number): void {
    this.#sequence += 1
    const [first, last] = [new Date(firstMs).toISOString(), new Date(lastMs).toISOString()]
    const { example, ...event } = seen
    const message = example === undefined ? event.message : `${event.message} The first was "${example}".`
    this.#waiting.push({ ...event, message, sequence: this.#sequence, count, first, last })
  }
}

function repeat(known: Repeated, nowMs: number): void {
  if (known.count === 0) known.firstMs = nowMs
  known.count += 1
  known.lastMs = nowMs
}

function keyOf({ action, outcome, rule, message, user, tenant, remoteAddress, mechanism, api }: Seen): string {
  return [action, outcome, rule, message, user, tenant, remoteAddress, mechanism, api].join('\0')
}
