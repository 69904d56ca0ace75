// SPDX-License-Identifier: Apache-2.0
/** uPlot in React: drawn once, then given new data. Loaded when the first chart is shown. */
import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import { columnsOf, extremesOf, formatValue, type Line } from '../../format/axis.ts'
import type { TimeZone } from '../../format/times.ts'

/** A limit so many times the highest value is not drawn. */
const FAR = 4

interface PlotProps {
  readonly lines: readonly Line[]
  readonly unit: string
  readonly limit: number | undefined
  readonly height: number
  readonly width: number
  readonly zone: TimeZone
  /** Milliseconds under the pointer; undefined when it left. */
  readonly onMove: (at: number | undefined) => void
}

export function Plot({ lines, unit, limit, height, width, zone, onMove }: PlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot>(undefined)
  const shown = useRef({ unit, limit, zone, onMove, height, width, lines })
  shown.current = { unit, limit, zone, onMove, height, width, lines }
  const names = lines.map(({ label }) => label).join('\n')
  useEffect(() => {
    if (place.current === null || names === '') return
    const made = new UPlot(optionsFor(shown.current), dataOf(shown.current), place.current)
    plot.current = made
    return () => made.destroy()
  }, [names])
  useEffect(() => plot.current?.setSize({ width, height }), [width, height])
  useEffect(() => plot.current?.setData(dataOf({ lines, limit })), [lines, limit])
  return <div ref={place} />
}

function dataOf({ lines, limit }: Pick<PlotProps, 'lines' | 'limit'>): UPlot.AlignedData {
  const [times, ...columns] = columnsOf(lines)
  const shown = limit !== undefined && isNear(limit, lines) ? limit : null
  return [times, ...columns, times.map(() => shown)]
}

/** A limit far above the line would press it to the ground; the legend tells it in any case. */
function isNear(limit: number, lines: readonly Line[]): boolean {
  const highest = Math.max(...lines.map((line) => extremesOf(line)?.highest ?? 0))
  return limit <= highest * FAR
}

function optionsFor({ lines, unit, zone, height, width, onMove }: PlotProps): UPlot.Options {
  const colour = (token: string) => getComputedStyle(document.documentElement).getPropertyValue(token).trim()
  const grid = { stroke: colour('--kaas-line-soft'), width: 1 }
  const axis = { stroke: colour('--mantine-color-dimmed'), font: '11px system-ui, sans-serif', grid, ticks: { show: false } }
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: { y: { range: (_, __, highest) => [0, highest === 0 ? 1 : highest * 1.08] } },
    ...(zone !== 'local' && { tzDate: (seconds: number) => UPlot.tzDate(new Date(seconds * 1000), zone) }),
    axes: [
      { ...axis, values: CLOCK },
      { ...axis, size: 68, values: (_, values) => values.map((value) => formatValue(value, unit)) },
    ],
    series: [
      {},
      ...lines.map(({ label }, index) => {
        const stroke = colour(`--kaas-series-${(index % 6) + 1}`)
        return { label, stroke, width: 1.5, ...(lines.length === 1 && { fill: `${stroke}1f` }) }
      }),
      { label: 'limit', stroke: colour('--kaas-bad'), width: 1, dash: [5, 4], points: { show: false } },
    ],
    hooks: {
      setCursor: [
        ({ cursor: { idx }, data }) => onMove(typeof idx === 'number' ? Math.round((data[0][idx] ?? 0) * 1000) : undefined),
      ],
    },
  }
}

/** Marks of the axis of time, coarse to fine: interval in seconds, then how it is written, and again where a day begins. */
const CLOCK: UPlot.Axis.Values = [
  [86_400, '{YYYY}-{MM}-{DD}', null, null, null, null, null, null, 1],
  [60, '{HH}:{mm}', '\n{YYYY}-{MM}-{DD}', null, '\n{MM}-{DD}', null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', '\n{YYYY}-{MM}-{DD}', null, '\n{MM}-{DD}', null, null, null, 1],
]
