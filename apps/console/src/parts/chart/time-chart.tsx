// SPDX-License-Identifier: Apache-2.0
/**
 * Lines over time. The legend has the values under the pointer, or the last ones; for those who do not see the lines each is said in
 * a sentence.
 */
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { lazy, Suspense, useState } from 'react'
import { usePreferences } from '../../browser/preferences.ts'
import { extremesOf, formatValue, type Line } from '../../format/axis.ts'
import { formatMoment } from '../../format/times.ts'
import classes from './time-chart.module.css'

const Plot = lazy(() => import('./plot.tsx').then((module) => ({ default: module.Plot })))

/** What a chart is given. */
export interface TimeChartProps {
  /** What it shows: "Produced". */
  readonly label: string
  readonly lines: readonly Line[]
  /** As the API names units: `B/s`, `B`, `1/s`, `1`. */
  readonly unit: string
  /** Drawn as a dashed line, for example what the plan allows. */
  readonly limit?: number | undefined
  readonly height?: number
}

const HEIGHT = 170

export function TimeChart({ label, lines, unit, limit, height = HEIGHT }: TimeChartProps) {
  const { ref, width } = useElementSize()
  const { zone } = usePreferences()
  const scheme = useComputedColorScheme('light')
  const [at, setAt] = useState<number | undefined>()
  const hasValues = lines.some((line) => extremesOf(line) !== undefined)
  return (
    <figure className={classes.figure} aria-label={label}>
      <figcaption className={classes.caption}>
        <span className={classes.label}>{label}</span>
        <Legend lines={lines} unit={unit} at={at} limit={limit} />
      </figcaption>
      <div ref={ref} className={classes.plot} style={{ height }} aria-hidden="true">
        {hasValues && width > 0 ? (
          <Suspense>
            {/* Colours are read when it is drawn, so another theme is another drawing. */}
            <Plot key={scheme + zone} {...{ lines, unit, limit, height, width, zone }} onMove={setAt} />
          </Suspense>
        ) : (
          <p className={classes.nothing}>{hasValues ? '' : 'No samples of this time. One comes every minute.'}</p>
        )}
      </div>
      <ul className={classes.words}>
        {lines.map((line) => (
          <li key={line.label}>{sentenceFor(line, unit, (time) => formatMoment(new Date(time), zone))}</li>
        ))}
      </ul>
    </figure>
  )
}

interface LegendProps {
  readonly lines: readonly Line[]
  readonly unit: string
  /** Milliseconds under the pointer. */
  readonly at: number | undefined
  readonly limit: number | undefined
}

function Legend({ lines, unit, at, limit }: LegendProps) {
  const { zone } = usePreferences()
  return (
    <span className={classes.legend}>
      {at !== undefined && <span className={classes.time}>{formatMoment(new Date(at), zone)}</span>}
      {lines.map((line, index) => {
        const value = at === undefined ? extremesOf(line)?.last : valueAt(line, at)
        return (
          <span key={line.label} className={classes.item}>
            <span className={classes.swatch} style={{ background: `var(--kaas-series-${(index % 6) + 1})` }} />
            {lines.length > 1 && `${line.label} `}
            <strong>{value === undefined ? '–' : formatValue(value, unit)}</strong>
          </span>
        )
      })}
      {limit !== undefined && <span className={classes.limit}>limit {formatValue(limit, unit)}</span>}
    </span>
  )
}

function valueAt({ points }: Line, at: number): number | undefined {
  return points.find(([time]) => time === at)?.[1] ?? undefined
}

function sentenceFor(line: Line, unit: string, moment: (time: number) => string): string {
  const found = extremesOf(line)
  if (found === undefined) return `${line.label}: nothing was heard.`
  const { last, highest, at } = found
  return `${line.label}: now ${formatValue(last, unit)}, at most ${formatValue(highest, unit)} at ${moment(at)}.`
}
