// SPDX-License-Identifier: Apache-2.0
/** A time: how long ago, with the exact moment in the chosen zone on hover, or the other way round if the person prefers. */
import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import { usePreferences } from '../browser/preferences.ts'
import { exactMoment, formatAgo, formatMoment } from '../format/times.ts'

const TICK_MS = 15_000

/** `at` is an RFC 3339 text or milliseconds. `show` overrides the preference of the person. */
export function Moment({ at, show }: { readonly at: string | number; readonly show?: 'ago' | 'moment' }) {
  const { zone, times } = usePreferences()
  const now = useNow(TICK_MS)
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return <span>{at}</span>
  const ago = formatAgo(date, now)
  const exact = exactMoment(date, zone)
  return (
    <Tooltip label={(show ?? times) === 'ago' ? exact : `${ago} · ${exact}`}>
      <time dateTime={date.toISOString()}>{(show ?? times) === 'ago' ? ago : formatMoment(date, zone)}</time>
    </Tooltip>
  )
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
