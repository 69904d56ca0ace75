// SPDX-License-Identifier: Apache-2.0
/** Reads what rights are decided by: a version with each request, the rest only when the version moved. */
import type { ResourceKind } from '@kaas/domain'
import { sql } from 'kysely'
import type { Connection } from '../database.ts'
import type { SpecOf } from '../resource.ts'
import type { RightsPlace, VersionedRights } from '../rights-stored.ts'

/** See Store. One round trip, and the same one whether there is such a tenant or not. */
export async function loadRightsPlace(db: Connection, tenant: string | undefined): Promise<RightsPlace> {
  const { rows } = await sql<{ version: string; team: string | null }>`
    select (select value from counters where name = 'rights') as version,
      (select spec->>'team' from resources where kind = 'Tenant' and tenant = '' and name = ${tenant ?? ''}) as team`.execute(
    db,
  )
  const [row] = rows
  const version = Number(row?.version ?? 0)
  return row === undefined || row.team === null ? { version } : { version, team: row.team }
}

/** See Store. The version is read first: a change between the reads makes the next reader look again. */
export async function loadRights(db: Connection): Promise<VersionedRights> {
  const { version } = await loadRightsPlace(db, undefined)
  const [teams, roles, bindings] = [await all(db, 'Team'), await all(db, 'Role'), await all(db, 'RoleBinding')]
  return { version, teams, bindings, roles: roles.map(({ name, spec }) => ({ name, ...spec })) }
}

async function all<K extends ResourceKind>(db: Connection, kind: K) {
  const rows = await db
    .selectFrom('resources')
    .select(['name', 'spec'])
    .where('kind', '=', kind)
    .where('deletion_requested_at', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(({ name, spec }) => ({ name, spec: spec as unknown as SpecOf<K> }))
}
