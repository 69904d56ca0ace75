// SPDX-License-Identifier: Apache-2.0
/** Writes points: one statement for thousands of things, which lays each point over its bytes of the chunk. */
import { sql } from 'kysely'
import type { Connection } from '../database.ts'
import {
  emptyChunk,
  placeOf,
  pointBytes,
  SERIES_STEPS,
  type SeriesKind,
  type SeriesStep,
  writePoint,
} from './series-shape.ts'
import type { SeriesSample } from './series-verbs.ts'

/** Things of one statement: with a thousand it takes some tens of milliseconds. */
const MOST_AT_ONCE = 1_000

/** See SeriesVerbs. */
export async function saveSeries(
  db: Connection,
  step: SeriesStep,
  atMs: number,
  samples: readonly SeriesSample[],
): Promise<void> {
  for (const [kind, same] of Map.groupBy(samples, (sample) => sample.kind)) {
    for (let at = 0; at < same.length; at += MOST_AT_ONCE) {
      await saveBatch(db, kind, step, atMs, same.slice(at, at + MOST_AT_ONCE))
    }
  }
}

async function saveBatch(
  db: Connection,
  kind: SeriesKind,
  step: SeriesStep,
  atMs: number,
  samples: readonly SeriesSample[],
): Promise<void> {
  const tenants = samples.map(({ tenant }) => tenant)
  const names = samples.map(({ name }) => name)
  // As hexadecimal text, which both databases take in an array.
  const points = samples.map(({ values }) => writePoint(kind, values).toString('hex'))
  const { start, index } = placeOf(step, atMs)
  const stepSeconds = SERIES_STEPS[step].stepMs / 1000
  const from = index * pointBytes(kind) + 1
  const size = pointBytes(kind)
  await sql`insert into series (tenant, kind, name)
    select tenant, ${kind}, name from unnest(${tenants}::text[], ${names}::text[]) as sample (tenant, name)
    where not exists (select from series where series.tenant = sample.tenant and kind = ${kind} and series.name = sample.name)
    on conflict do nothing`.execute(db)
  await sql`insert into series_chunks as chunk (series, step, start, points)
    select id, ${stepSeconds}::int, ${start}::bigint,
      overlay(${emptyChunk(kind, step)}::bytea placing decode(point, 'hex') from ${from}::int for ${size}::int)
    from unnest(${tenants}::text[], ${names}::text[], ${points}::text[]) as sample (tenant, name, point)
    join series on series.tenant = sample.tenant and series.kind = ${kind} and series.name = sample.name
    order by id
    on conflict (series, step, start) do update
      set points = overlay(chunk.points placing substring(excluded.points from ${from}::int for ${size}::int)
        from ${from}::int for ${size}::int)`.execute(db)
}
