// SPDX-License-Identifier: Apache-2.0
/** The tables of people as kysely sees them, in SQL's own names; `migrations/0002-people.ts` makes them. */
import type { RightScope } from '@kaas/domain'
import type { ColumnType, Generated } from 'kysely'
import type { TokenKind } from './person.ts'

type Json<T> = ColumnType<T, string, string>
/** Written as an expression of the database's own clock. */
type Moment = ColumnType<Date, Date, Date>

interface PersonTable {
  name: string
  provider: string
  subject: string
  display_name: string
  email: string | null
  groups: Json<string[]>
  claims: Json<Record<string, unknown>>
  first_sign_in_at: Generated<Date>
  last_sign_in_at: Generated<Date>
}

interface SessionTable {
  id: string
  secret_hash: Buffer
  person: string
  provider: string
  started_at: Generated<Date>
  last_seen_at: Generated<Date>
  expires_at: Moment
  remote_address: string
  user_agent: string
}

/** Tokens of the API. */
export interface TokenTable {
  id: string
  secret_hash: Buffer
  name: string
  kind: TokenKind
  owner: string
  owner_provider: string
  role: string
  scope: Json<RightScope>
  created_at: Generated<Date>
  expires_at: Moment
  last_used_at: Date | null
  last_used_from: string | null
}

interface SignInTable {
  state_hash: Buffer
  browser_hash: Buffer
  provider: string
  nonce: string
  verifier: string
  return_to: string
  expires_at: Moment
}

interface DeviceSignInTable {
  device_hash: Buffer
  user_code: string
  state: Generated<'pending' | 'approved' | 'denied'>
  person: string | null
  provider: string | null
  remote_address: string
  expires_at: Moment
}

/** All tables of this group. */
export interface PeopleTables {
  people: PersonTable
  sessions: SessionTable
  tokens: TokenTable
  sign_ins: SignInTable
  device_sign_ins: DeviceSignInTable
  attempts: { key: string; count: number; ends_at: Moment }
}
