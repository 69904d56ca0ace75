// SPDX-License-Identifier: Apache-2.0
/** Tokens of the API. Expired ones count as absent before they are deleted. */
import { type Selectable, sql } from 'kysely'
import { type Connection, json } from '../../database.ts'
import type { TokenTable } from '../../people/people-tables.ts'
import type { ApiToken, NewApiToken, TokenKind } from '../../people/person.ts'
import { fromNow } from './moments.ts'

const MOST_LISTED = 1000
const USED_EVERY_MS = 60_000

/** See PeopleVerbs. */
export async function saveToken(db: Connection, token: NewApiToken): Promise<ApiToken> {
  const { id, secretHash, name, kind, owner, ownerProvider, role, scope, lifeMs } = token
  const row = await db
    .insertInto('tokens')
    .values({
      id,
      secret_hash: secretHash,
      name,
      kind,
      owner,
      owner_provider: ownerProvider,
      role,
      scope: json(scope),
      expires_at: fromNow(lifeMs),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return tokenOf(row)
}

/** See PeopleVerbs. */
export async function loadToken(
  db: Connection,
  id: string,
): Promise<(ApiToken & { readonly secretHash: Buffer }) | undefined> {
  const row = await valid(db).where('id', '=', id).executeTakeFirst()
  return row && { ...tokenOf(row), secretHash: Buffer.from(row.secret_hash) }
}

/** See PeopleVerbs. */
export async function touchToken(db: Connection, id: string, remoteAddress: string): Promise<void> {
  await db
    .updateTable('tokens')
    .set({ last_used_at: fromNow(0), last_used_from: remoteAddress })
    .where('id', '=', id)
    .where(sql<boolean>`last_used_at is null or last_used_at < ${fromNow(-USED_EVERY_MS)}`)
    .execute()
}

/** See PeopleVerbs. */
export async function listTokens(
  db: Connection,
  { owner, kind }: { readonly owner?: string; readonly kind?: TokenKind },
): Promise<readonly ApiToken[]> {
  const rows = await valid(db)
    .$if(owner !== undefined, (select) => select.where('owner', '=', owner ?? ''))
    .$if(kind !== undefined, (select) => select.where('kind', '=', kind ?? 'personal'))
    .orderBy('created_at', 'desc')
    .limit(MOST_LISTED)
    .execute()
  return rows.map(tokenOf)
}

/** See PeopleVerbs. */
export async function endToken(db: Connection, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('tokens').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

function valid(db: Connection) {
  return db.selectFrom('tokens').selectAll().where('expires_at', '>', fromNow(0))
}

function tokenOf(row: Selectable<TokenTable>): ApiToken {
  const { id, name, kind, owner, role, scope } = row
  return {
    id,
    name,
    kind,
    owner,
    role,
    scope,
    ownerProvider: row.owner_provider,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
    ...(row.last_used_from === null ? {} : { lastUsedFrom: row.last_used_from }),
  }
}
