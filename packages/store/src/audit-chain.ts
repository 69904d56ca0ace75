// SPDX-License-Identifier: Apache-2.0
/**
 * The seal of the audit log: each record carries an HMAC over its content and the hash before it, made with a key that is not in
 * the database. Who can write the tables but has no key can neither change a record nor leave one out unseen (decision 0023).
 */
import { createHmac } from 'node:crypto'
import type { AuditRecord } from './audit.ts'

/** The key of the chain, made from the one that encrypts credentials, so that neither tells about the other. */
export function chainKey(secretsKey: Buffer): Buffer {
  return createHmac('sha256', secretsKey).update('kaas audit chain').digest()
}

/** The hash of `record` (whose own `hash` does not count) after the record with the hash `previous`. 64 hex digits. */
export function hashOfRecord(key: Buffer, previous: string, record: Omit<AuditRecord, 'hash'>): string {
  const { at, ...rest } = record
  return hmac(key, canonicalJson({ ...rest, at: at.toISOString(), previous }))
}

/** Seals that all records up to `sequence`, the last with `hash`, were deleted for their age. */
export function sealOfTrim(key: Buffer, sequence: number, hash: string): string {
  return hmac(key, canonicalJson({ trimmedThrough: sequence, hash }))
}

/** JSON with sorted keys and without what is undefined: the same text for the same value, also after a way through jsonb. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (isRecord(each) ? sorted(each) : each))
}

function sorted(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hmac(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}
