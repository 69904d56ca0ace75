// SPDX-License-Identifier: Apache-2.0
/** Shares of topics are looked for from the other side, too: by the tenant that they are for. */
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const topicShares: Migration = {
  up: async (db) => {
    // The expression is the one of a filter on spec.with, so that lists find the index.
    await sql
      .raw(`create index shares_by_receiver on resources ((spec #>> '{with}'::text[])) where kind = 'TopicShare'`)
      .execute(db)
  },
}
