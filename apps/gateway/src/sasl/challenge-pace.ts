// SPDX-License-Identifier: Apache-2.0
/**
 * When a SCRAM challenge leaves. Brokers refuse strangers later than they challenge users (connection.failed.authentication.delay.ms), which
 * would tell who exists. So every challenge waits for the same time, which is raised when a broker needs longer for a stranger.
 */
import { setTimeout as sleep } from 'node:timers/promises'

/** Beyond this a broker is in trouble, and clients are not made to wait for that. */
const LONGEST_MS = 400
/** What a challenge waits beyond the slowest refusal that was seen. */
const MARGIN_MS = 10
/** How long brokers took lately; strangers of no tenant take as long as one of these. */
const REMEMBERED = 32

let slowestRefusalMs = 0
const recentMs: number[] = []

/** Waits until a challenge that was asked for at `startedAtMs` may leave; `atLeastMs` is configured. */
export async function paceChallenge(startedAtMs: number, atLeastMs: number): Promise<void> {
  const leftMs = startedAtMs + Math.max(atLeastMs, slowestRefusalMs) - Date.now()
  if (leftMs > 0) await sleep(leftMs)
}

/** The same for a stranger of no tenant, whom no broker was asked about: where brokers take longer, so does this. */
export async function paceStranger(startedAtMs: number, atLeastMs: number): Promise<void> {
  const likeMs = recentMs[Math.floor(Math.random() * recentMs.length)] ?? 0
  await paceChallenge(startedAtMs, Math.max(atLeastMs, Math.min(likeMs, LONGEST_MS)))
}

/** A broker answered a first message after this time, with a challenge or with a refusal. */
export function notePace(tookMs: number, isRefusal: boolean): void {
  recentMs.push(tookMs)
  if (recentMs.length > REMEMBERED) recentMs.shift()
  if (isRefusal && tookMs <= LONGEST_MS) slowestRefusalMs = Math.max(slowestRefusalMs, tookMs + MARGIN_MS)
}
