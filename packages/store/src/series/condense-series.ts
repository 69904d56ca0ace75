// SPDX-License-Identifier: Apache-2.0
/** Turns the minutes of an hour into one point, for all things, some thousands at a time. And deletes what is too old. */
import { sql } from 'kysely'
import type { Connection } from '../database.ts'
import { saveSeries } from './save-series.ts'
import { condensePoints, readChunk, SERIES_STEPS, type SeriesKind } from './series-shape.ts'
import type { SeriesKept, SeriesSample } from './series-verbs.ts'

/** Things that are read at once. */
const PAGE = 2_000
const HOUR_SECONDS = 3_600

/** See SeriesVerbs. */
export async function condenseSeries(db: Connection, hourMs: number): Promise<number> {
  let [after, count] = [0, 0]
  for (;;) {
    const rows = await readPage(db, hourMs / 1000, after)
    const last = rows.at(-1)
    if (last === undefined) return count
    const samples = [...Map.groupBy(rows, ({ id }) => id).values()].map(condensed)
    await saveSeries(db, 'hour', hourMs, samples)
    after = last.id
    count += samples.length
  }
}

interface Row {
  readonly id: number
  readonly tenant: string
  readonly kind: SeriesKind
  readonly name: string
  readonly start: number
  readonly points: Buffer
}

async function readPage(db: Connection, hour: number, after: number): Promise<readonly Row[]> {
  const step = SERIES_STEPS.minute.stepMs / 1000
  const { rows } = await sql<Row>`select id, tenant, kind, name, start, points
    from (select * from series where id > ${after}::int and exists (select from series_chunks
        where series = id and step = ${step}::int and start >= ${hour}::bigint and start < ${hour + HOUR_SECONDS}::bigint)
      order by id limit ${PAGE}::int) as page
    join series_chunks on series = id
    where step = ${step}::int and start >= ${hour}::bigint and start < ${hour + HOUR_SECONDS}::bigint
    order by id, start`.execute(db)
  return rows
}

function condensed(rows: readonly Row[]): SeriesSample {
  const { tenant, kind, name } = rows[0] as Row
  const points = rows.flatMap(({ start, points }) => readChunk(kind, 'minute', start, Buffer.from(points)))
  return {
    tenant,
    kind,
    name,
    values: condensePoints(
      kind,
      points.map(({ values }) => values),
    ),
  }
}

/** See SeriesVerbs. A thing without chunks is forgotten, so that names of tenants that are gone do not stay. */
export async function trimSeries(db: Connection, nowMs: number, { minutesMs, hoursMs }: SeriesKept): Promise<number> {
  const before = (keptMs: number) => Math.floor((nowMs - keptMs) / 1000)
  const step = (name: keyof typeof SERIES_STEPS) => SERIES_STEPS[name].stepMs / 1000
  const span = (name: keyof typeof SERIES_STEPS) => step(name) * SERIES_STEPS[name].points
  let deleted = 0
  for (const [name, keptMs] of [
    ['minute', minutesMs],
    ['hour', hoursMs],
  ] as const) {
    const { numAffectedRows } = await sql`delete from series_chunks
      where step = ${step(name)}::int and start < ${before(keptMs) - span(name)}::bigint`.execute(db)
    deleted += Number(numAffectedRows ?? 0n)
  }
  await sql`delete from series where not exists (select from series_chunks where series = id)`.execute(db)
  return deleted
}
