// SPDX-License-Identifier: Apache-2.0
/**
 * A long audit log in seconds: records of real writes, and copies of them behind each other by the database itself. Lists and pages
 * cannot tell the difference; the seals of the copies are wrong, so nothing that checks them may run on it.
 */
import { findProgram, runProgram } from '@kaas/kafka-engine'
import type { Store } from '@kaas/store'
import { fillStore } from '../lists/fill-store.ts'

const WRITES = 1_000

/** At least `rows` records. */
export async function fillAudit(store: Store, databaseUrl: string, rows: number): Promise<void> {
  await fillStore(store, Math.min(WRITES, rows))
  const psql = findProgram('psql', { purpose: 'fill the audit log', package: 'postgresql-client' })
  await runProgram(psql, ['-qX', '-v', 'ON_ERROR_STOP=1', databaseUrl, '-c', copiesOf(rows)])
}

function copiesOf(rows: number): string {
  return `create temp sequence copied;
    select setval('copied', max(sequence)) from audit;
    create temp table copies as select audit.* from generate_series(1, ${Math.ceil(rows / WRITES)}), audit;
    update copies set sequence = nextval('copied'), id = gen_random_uuid();
    insert into audit select * from copies order by sequence limit ${rows};
    update audit_chain set sequence = (select max(sequence) from audit);`
}
