// SPDX-License-Identifier: Apache-2.0
/**
 * Expressions that members of consumer groups said on one connection (KIP-848). A member says its expression once and the broker keeps
 * it, but which topics of others it covers is decided here, when it is said. So when shares change, the gateway says it again in the
 * next heartbeat, as a client does that changes its subscription. A client that connects again says everything again by itself.
 */
import type { NameView } from './name-view.ts'

/** A heartbeat as far as it concerns expressions. */
export interface Heartbeat {
  readonly groupId: string
  readonly memberId: string
  /** Negative when the member leaves. */
  readonly memberEpoch: number
  /** Null when the member says nothing of it; empty when it takes it back. */
  readonly subscribedTopicRegex: string | null
}

interface Kept {
  readonly regex: string
  /** As the broker has it. */
  physical: string
  /** What `physical` was made with. */
  shared: NameView['shared']
  /** Since when other shares hold; undefined while the broker has what it should. */
  changedMs: number | undefined
}

/** Gateways know of a share before Kafka knows the rights that come of it; a broker that is asked in between does not look again for long. */
const RIGHTS_FOLLOW_MS = 5000
/** An application has one member on a connection. */
const MOST_MEMBERS = 16

/** What the members on one connection said. */
export class KeptExpressions {
  readonly #kept = new Map<string, Kept>()

  /** What the heartbeat has to say: its own expression, or the one to say again; null for nothing. In the names of the client. */
  saidBy(heartbeat: Heartbeat, view: NameView, nowMs: number): string | null {
    const { groupId, memberId, memberEpoch, subscribedTopicRegex: regex } = heartbeat
    const key = `${groupId}\0${memberId}`
    if (memberEpoch < 0 || regex === '') this.#kept.delete(key)
    else if (regex === null) return this.#again(key, view, nowMs)
    else if (memberId !== '') this.#keep(key, regex, view)
    return regex
  }

  #keep(key: string, regex: string, view: NameView): void {
    this.#kept.delete(key)
    const physical = view.toPhysical('topicRegex', regex)
    this.#kept.set(key, { regex, physical, shared: view.shared, changedMs: undefined })
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_MEMBERS) break
      this.#kept.delete(oldest)
    }
  }

  #again(key: string, view: NameView, nowMs: number): string | null {
    const kept = this.#kept.get(key)
    if (kept === undefined || kept.shared === view.shared) return null
    const physical = view.toPhysical('topicRegex', kept.regex)
    if (physical === kept.physical) {
      kept.shared = view.shared
      kept.changedMs = undefined
      return null
    }
    kept.changedMs ??= nowMs
    if (nowMs - kept.changedMs < RIGHTS_FOLLOW_MS) return null
    this.#keep(key, kept.regex, view)
    return kept.regex
  }
}
