// SPDX-License-Identifier: Apache-2.0
/** Which rows a caller may see, as conditions on the index that lists go along: pages stay full and counts tell nothing. */
import { type ResourceKind, TEAM_POLICY_KINDS, type Within } from '@kaas/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Connection } from '../database.ts'

/** The condition for one kind; undefined when nothing is visible. */
export async function visibleIn(
  db: Connection,
  kind: ResourceKind,
  within: Within,
): Promise<RawBuilder<boolean> | undefined> {
  const { teams, tenants } = within
  switch (kind) {
    case 'Tenant':
      return sql<boolean>`(spec->>'team' = any(${teams}::text[]) or name = any(${tenants}::text[]))`
    case 'Team':
      return sql<boolean>`name = any(${teams}::text[])`
    case 'RoleBinding': {
      const inTenants = await tenantsIn(db, within)
      return sql<boolean>`(spec #>> '{scope,team}' = any(${teams}::text[])
        or spec #>> '{scope,tenant}' = any(${inTenants}::text[]))`
    }
    case 'Topic':
    case 'User':
    case 'TopicShare': {
      const inTenants = await tenantsIn(db, within)
      return inTenants.length === 0 ? undefined : sql<boolean>`tenant = any(${inTenants}::text[])`
    }
    // As `policyReaches` says it of one.
    case 'Policy':
      if (teams.length === 0) return undefined
      return sql<boolean>`(spec #>> '{scope,team}' = any(${teams}::text[]) or (
        spec->>'scope' = 'platform'
        and jsonb_exists_any(spec #> '{appliesTo,kinds}', ${TEAM_POLICY_KINDS}::text[])
        and (spec #> '{appliesTo,teams}' = '[]'::jsonb or jsonb_exists_any(spec #> '{appliesTo,teams}', ${teams}::text[]))))`
    case 'KafkaCluster':
    case 'Role':
      return undefined
    default:
      return kind satisfies never
  }
}

/** Names first, then the list: with the names in hand the database knows how many there are and takes the better way. */
async function tenantsIn(db: Connection, { teams, tenants }: Within): Promise<readonly string[]> {
  if (teams.length === 0) return tenants
  const rows = await db
    .selectFrom('resources')
    .select('name')
    .where('kind', '=', 'Tenant')
    .where(sql<boolean>`spec->>'team' = any(${teams}::text[])`)
    .execute()
  return [...new Set([...tenants, ...rows.map(({ name }) => name)])]
}
