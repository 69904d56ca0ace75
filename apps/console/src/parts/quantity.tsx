// SPDX-License-Identifier: Apache-2.0
/** A number in human form with its exact value on hover. */
import { exactSize, formatCompact, formatCount, formatRate, formatSize } from '../format/numbers.ts'
import { formatDuration } from '../format/times.ts'

/** What is counted. `duration` is in milliseconds. */
export type Unit = 'bytes' | 'bytesPerSecond' | 'count' | 'perSecond' | 'duration'

/** An unknown value is a dash. */
export function Quantity({ value, unit }: { readonly value: number | undefined; readonly unit: Unit }) {
  if (value === undefined) return <span title="not known">–</span>
  const { text, exact } = wordsFor(value, unit)
  return <span title={text === exact ? undefined : exact}>{text}</span>
}

function wordsFor(value: number, unit: Unit): { readonly text: string; readonly exact: string } {
  switch (unit) {
    case 'bytes':
      return { text: formatSize(value), exact: exactSize(value) }
    case 'bytesPerSecond':
      return { text: formatRate(value), exact: `${exactSize(value)} per second` }
    case 'count':
      return { text: formatCompact(value), exact: formatCount(value) }
    case 'perSecond':
      return { text: `${formatCompact(value)}/s`, exact: `${formatCount(value)} a second` }
    case 'duration':
      return { text: formatDuration(value), exact: `${formatCount(value)} ms` }
    default:
      return unit satisfies never
  }
}
