// SPDX-License-Identifier: Apache-2.0
/** Reads the points of one thing. */
import { sql } from 'kysely'
import type { Connection } from '../database.ts'
import { placeOf, readChunk, SERIES_STEPS, type SeriesPoint, type SeriesStep } from './series-shape.ts'
import type { SeriesName } from './series-verbs.ts'

/** See SeriesVerbs. */
export async function loadSeries(
  db: Connection,
  { tenant, kind, name }: SeriesName,
  step: SeriesStep,
  fromMs: number,
  toMs: number,
): Promise<readonly { readonly atMs: number; readonly values: SeriesPoint }[]> {
  const { rows } = await sql<{ start: number; points: Buffer }>`select start, points from series_chunks
    join series on id = series
    where tenant = ${tenant} and kind = ${kind} and name = ${name}
      and step = ${SERIES_STEPS[step].stepMs / 1000} and start between ${placeOf(step, fromMs).start} and ${Math.floor(toMs / 1000)}
    order by start`.execute(db)
  return rows
    .flatMap(({ start, points }) => readChunk(kind, step, start, Buffer.from(points)))
    .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
}

/** See SeriesVerbs. To the chunk. */
export async function seriesSince(db: Connection, { tenant, kind, name }: SeriesName): Promise<number | undefined> {
  const { rows } = await sql<{ start: number | null }>`select min(start) as start from series_chunks
    join series on id = series where tenant = ${tenant} and kind = ${kind} and name = ${name}`.execute(db)
  const start = rows[0]?.start ?? undefined
  return start === undefined ? undefined : start * 1000
}
