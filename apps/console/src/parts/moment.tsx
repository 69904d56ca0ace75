// SPDX-License-Identifier: Apache-2.0
/** A time: how long ago, with the exact moment in the chosen zone on hover, or the other way round if the person prefers. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { usePreferences } from '../browser/preferences.ts'
import { formatAgo, momentTexts } from '../format/times.ts'

const TICK_MS = 15_000

/** `at` is an RFC 3339 text or milliseconds. `show` overrides the preference of the person. */
export function Moment({ at, show }: { readonly at: string | number; readonly show?: 'ago' | 'moment' }) {
  const { zone, times } = usePreferences()
  const tickAt = useSyncExternalStore(watchTicks, presentTick)
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return <span>{at}</span>
  const ago = formatAgo(date, notBefore(date, tickAt))
  const { text, exact } = momentTexts(date, zone)
  const isAgo = (show ?? times) === 'ago'
  return (
    <time dateTime={date.toISOString()} title={isAgo ? exact : `${ago} · ${exact}`}>
      {isAgo ? ago : text}
    </time>
  )
}

/** What happened after the last tick happened just now, not in some seconds. */
function notBefore(date: Date, tickAt: Date): Date {
  const ahead = date.getTime() - tickAt.getTime()
  return ahead > 0 && ahead < TICK_MS ? date : tickAt
}

/** One clock for all moments of a page, which runs while there are some. */
const watchers = new Set<() => void>()
let tick = new Date()
let clock: ReturnType<typeof setInterval> | undefined

function watchTicks(watcher: () => void): () => void {
  watchers.add(watcher)
  clock ??= setInterval(() => {
    tick = new Date()
    for (const each of watchers) each()
  }, TICK_MS)
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    clearInterval(clock)
    clock = undefined
  }
}

function presentTick(): Date {
  // After a rest the clock stands at its last tick.
  if (clock === undefined && Date.now() - tick.getTime() > TICK_MS) tick = new Date()
  return tick
}

/** The present time, renewed every so often. */
export function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
