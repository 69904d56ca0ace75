// SPDX-License-Identifier: Apache-2.0
/** Audit records get their place (tenant, team), who was behind the actor, the way in, and the chain that seals them. */
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const audit: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `alter table audit
    alter column sequence drop identity,
    add column tenant text collate "C" not null default '',
    add column team text collate "C" not null default '',
    add column actor_kind text not null default 'person',
    add column provider text,
    add column session text,
    add column request_id text,
    add column via text not null default 'api',
    add column role text,
    add column binding text,
    add column message text,
    add column hash text not null default ''`,
  `update audit set tenant = coalesce(substring(subject from '^/v1/tenants/([^/]+)'), ''),
    team = coalesce(substring(subject from '^/v1/teams/([^/]+)'), '')`,
  `update audit set team = coalesce((select spec->>'team' from resources
      where kind = 'Tenant' and resources.tenant = '' and name = audit.tenant), '')
    where tenant != ''`,
  'drop index audit_by_subject',
  'create index audit_by_subject on audit (subject text_pattern_ops, sequence)',
  'create index audit_by_tenant on audit (tenant, sequence)',
  'create index audit_by_team on audit (team, sequence)',
  'create index audit_by_actor on audit (actor, sequence)',
  'create index audit_by_time on audit (at)',
  // One row: the head of the chain, and behind which record it begins.
  `create table audit_chain (
    one boolean primary key default true check (one),
    sequence bigint not null,
    hash text not null,
    trimmed_through bigint not null,
    trimmed_hash text not null,
    trim_seal text not null
  )`,
  `insert into audit_chain (sequence, hash, trimmed_through, trimmed_hash, trim_seal)
    select coalesce(max(sequence), 0), '', coalesce(max(sequence), 0), '', '' from audit`,
  // Work that one process does for all, and how far it has come.
  `create table leases (
    name text primary key,
    holder text not null,
    until timestamptz not null,
    position bigint not null default 0
  )`,
]
