// SPDX-License-Identifier: Apache-2.0
/** Settings of every connection, embedded or not. */
import pg from 'pg'

const INT8 = 20

/** bigint columns hold counters far below 2^53 and are read as numbers. */
export const poolSettings = {
  connectionTimeoutMillis: 5000,
  types: {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
  },
} as const
