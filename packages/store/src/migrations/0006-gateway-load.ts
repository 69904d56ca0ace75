// SPDX-License-Identifier: Apache-2.0
/** What gateways told last, to share the limits of tenants between them. Worth seconds, so it is not logged: a crash empties it. */
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const gatewayLoad: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  'create unlogged table gateway_nodes (node text primary key, heard_at timestamptz not null default now())',
  `create unlogged table gateway_load (
    node text not null references gateway_nodes on delete cascade,
    tenant text collate "C" not null,
    produce double precision not null,
    consume double precision not null,
    connections integer not null,
    primary key (node, tenant)
  )`,
]
