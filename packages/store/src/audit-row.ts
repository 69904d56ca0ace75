// SPDX-License-Identifier: Apache-2.0
/** Audit records as rows and back. */
import type { Selectable } from 'kysely'
import type { AuditRecord } from './audit.ts'
import { type AuditTable, json } from './database.ts'

/** The row of a record. */
export function rowOfRecord(record: AuditRecord) {
  const { actorKind, requestId, remoteAddress, before, after, tenant, team, ...same } = record
  return {
    ...same,
    actor_kind: actorKind,
    provider: record.provider ?? null,
    session: record.session ?? null,
    request_id: requestId ?? null,
    role: record.role ?? null,
    binding: record.binding ?? null,
    message: record.message ?? null,
    remote_address: remoteAddress ?? null,
    tenant: tenant ?? '',
    team: team ?? '',
    before: before === undefined ? null : json(before),
    after: after === undefined ? null : json(after),
  }
}

/** The record of a row. */
export function recordOfRow(row: Selectable<AuditTable>): AuditRecord {
  const { sequence, id, at, actor, actor_kind, via, action, subject, outcome, rule, hash, before, after } = row
  const texts = {
    provider: row.provider,
    session: row.session,
    requestId: row.request_id,
    role: row.role,
    binding: row.binding,
    message: row.message,
    remoteAddress: row.remote_address,
    tenant: row.tenant || null,
    team: row.team || null,
  }
  return {
    sequence,
    id,
    at,
    actor,
    actorKind: actor_kind,
    via,
    action,
    subject,
    outcome,
    rule,
    hash,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null)),
    ...(before === null ? {} : { before }),
    ...(after === null ? {} : { after }),
  }
}
