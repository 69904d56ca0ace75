// SPDX-License-Identifier: Apache-2.0
/** Up to which number the audit events of each gateway are saved, so that a report which comes twice is saved once. */
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const gatewayAudit: Migration = {
  up: async (db) => {
    await sql`create table gateway_audit (
      node text primary key,
      sequence bigint not null,
      heard_at timestamptz not null default now()
    )`.execute(db)
  },
}
