// SPDX-License-Identifier: Apache-2.0
/** The verbs about usage over time on one connection or transaction. */
import type { Connection } from '../database.ts'
import { condenseSeries, trimSeries } from './condense-series.ts'
import { loadSeries, seriesSince } from './load-series.ts'
import { saveSeries } from './save-series.ts'
import type { SeriesVerbs } from './series-verbs.ts'

/** `translated` makes KaasErrors of the database's failures. */
export function bindSeries(db: Connection, translated: <T>(promise: Promise<T>) => Promise<T>): SeriesVerbs {
  return {
    saveSeries: (step, atMs, samples) => translated(saveSeries(db, step, atMs, samples)),
    loadSeries: (name, step, fromMs, toMs) => translated(loadSeries(db, name, step, fromMs, toMs)),
    seriesSince: (name) => translated(seriesSince(db, name)),
    condenseSeries: (hourMs) => translated(condenseSeries(db, hourMs)),
    trimSeries: (nowMs, kept) => translated(trimSeries(db, nowMs, kept)),
  }
}
