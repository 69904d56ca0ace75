// SPDX-License-Identifier: Apache-2.0
/** Usage over time as users of the store see it. Bounded: trimming is part of it, and nobody writes but one sampler at a time. */
import type { SeriesKind, SeriesPoint, SeriesStep } from './series-shape.ts'

/** What is sampled: a tenant (`name` empty), one of its topics or groups by the name inside the tenant. */
export interface SeriesName {
  readonly tenant: string
  readonly kind: SeriesKind
  readonly name: string
}

/** One thing at one moment. */
export interface SeriesSample extends SeriesName {
  readonly values: SeriesPoint
}

/** What is kept, in milliseconds. */
export interface SeriesKept {
  readonly minutesMs: number
  readonly hoursMs: number
}

/** Verbs of the store about usage over time. */
export interface SeriesVerbs {
  /** Writes one point of each, at the minute or hour that `atMs` lies in; a second one for the same moment takes its place. */
  saveSeries(step: SeriesStep, atMs: number, samples: readonly SeriesSample[]): Promise<void>
  /** The points from `fromMs` to `toMs`, both included, oldest first; moments in which nothing was heard are missing. */
  loadSeries(
    name: SeriesName,
    step: SeriesStep,
    fromMs: number,
    toMs: number,
  ): Promise<readonly { readonly atMs: number; readonly values: SeriesPoint }[]>
  /** Since when something is known, in milliseconds; undefined when nothing is. */
  seriesSince(name: SeriesName): Promise<number | undefined>
  /** Writes the points of the hour that begins at `hourMs` from its minutes. Doing it again is harmless. Returns of how many things. */
  condenseSeries(hourMs: number): Promise<number>
  /** Deletes what is older than it is kept. Returns how many chunks went. */
  trimSeries(nowMs: number, kept: SeriesKept): Promise<number>
}
