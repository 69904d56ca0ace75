// SPDX-License-Identifier: Apache-2.0
/** Gateways tell requests and new connections as well. The defaults are for a control plane of the version before, which runs on for a while. */
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const gatewayRates: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `alter table gateway_load
          add column requests double precision not null default 0,
          add column new_connections double precision not null default 0`,
      )
      .execute(db)
  },
}
