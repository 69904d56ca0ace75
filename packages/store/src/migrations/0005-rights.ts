// SPDX-License-Identifier: Apache-2.0
/** Rights: a version that grows with everything that grants, the team of each event, and the way from a team to its tenants. */
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const rights: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `insert into counters (name, value) values ('rights', 1)`,
  `alter table events add column team text collate "C" not null default '',
    add column team_before text collate "C" not null default ''`,
  `update events set team = coalesce((select spec->>'team' from resources
      where kind = 'Tenant' and resources.tenant = ''
        and resources.name = case when events.kind = 'Tenant' then events.name else events.tenant end), '')
    where kind in ('Tenant', 'Topic', 'User')`,
  `update events set team = name where kind = 'Team'`,
  `create index tenants_by_team on resources ((spec->>'team'), name) where kind = 'Tenant'`,
]
