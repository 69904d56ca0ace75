// SPDX-License-Identifier: Apache-2.0
/** Usage over time: one row per thing that is sampled, and its values in chunks of a quarter of an hour or a day (decision 0025). */
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const series: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table series (
    id integer generated always as identity primary key,
    tenant text collate "C" not null,
    kind text collate "C" not null,
    name text collate "C" not null,
    unique (tenant, kind, name)
  )`,
  // A chunk is written again each minute, in place: no index knows what changes, and a page keeps room for the next version.
  `create table series_chunks (
    series integer not null references series on delete cascade,
    step integer not null,
    start bigint not null,
    points bytea not null,
    primary key (series, step, start)
  ) with (fillfactor = 60)`,
  'alter table series_chunks alter column points set storage plain',
  'create index series_chunks_by_age on series_chunks (step, start)',
]
