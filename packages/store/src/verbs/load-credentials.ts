// SPDX-License-Identifier: Apache-2.0
/** Reads the valid credentials of a user, with and without their values. */
import type { Selectable } from 'kysely'
import {
  type CredentialSummary,
  type ScramEntry,
  type ScramMechanism,
  type ScramValue,
  scramEntriesFor,
} from '../credential.ts'
import type { Connection, CredentialTable } from '../database.ts'
import type { ResourceKey } from '../resource.ts'
import { unseal } from '../seal.ts'
import { placeOf } from './save-credential.ts'

/** See Store. */
export async function listCredentials(db: Connection, user: ResourceKey<'User'>): Promise<readonly CredentialSummary[]> {
  return (await rowsOf(db, user)).map(summaryOf)
}

/** See Store. */
export async function loadScramEntries(
  db: Connection,
  sealKey: Buffer,
  user: ResourceKey<'User'>,
): Promise<readonly ScramEntry[]> {
  const rows = await rowsOf(db, user)
  return scramEntriesFor(rows.map((row) => ({ ...summaryOf(row), values: valuesOf(sealKey, user, row) })))
}

async function rowsOf(db: Connection, user: ResourceKey<'User'>): Promise<Selectable<CredentialTable>[]> {
  return await db
    .selectFrom('credentials')
    .selectAll()
    .where('tenant', '=', user.tenant ?? '')
    .where('user_name', '=', user.name)
    .orderBy('number', 'desc')
    .execute()
}

function summaryOf(row: Selectable<CredentialTable>): CredentialSummary {
  return { id: row.id, mechanism: row.mechanism, createdAt: row.created_at }
}

interface PackedValue {
  readonly mechanism: ScramMechanism
  readonly iterations: number
  readonly salt: string
  readonly saltedPassword: string
}

function valuesOf(sealKey: Buffer, user: ResourceKey<'User'>, row: Selectable<CredentialTable>): readonly ScramValue[] {
  const packed = JSON.parse(unseal(sealKey, placeOf(user, row.id), row.sealed).toString()) as readonly PackedValue[]
  return packed.map(({ mechanism, iterations, salt, saltedPassword }) => ({
    mechanism,
    iterations,
    salt: Buffer.from(salt, 'base64'),
    saltedPassword: Buffer.from(saltedPassword, 'base64'),
  }))
}
