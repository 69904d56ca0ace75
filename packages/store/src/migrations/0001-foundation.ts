// SPDX-License-Identifier: Apache-2.0
/** The first schema: intent with status, the queue, credentials, the event stream, audit, and the counters that order them. */
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const foundation: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const KEY = `kind text collate "C" not null, tenant text collate "C" not null, name text collate "C" not null`

const STATEMENTS = [
  `create table resources (
    ${KEY},
    uid uuid not null,
    generation integer not null,
    spec jsonb not null,
    labels jsonb not null,
    annotations jsonb not null,
    status jsonb,
    ready boolean generated always as
      (jsonb_path_exists(status, '$.conditions[*] ? (@.type == "Ready" && @.status == "True")')) stored,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deletion_requested_at timestamptz(3),
    snapshot_version bigint not null default 0,
    primary key (kind, tenant, name)
  )`,
  'create index resources_by_name on resources (kind, name, tenant)',
  'create index resources_by_creation on resources (kind, created_at, tenant, name)',
  'create index resources_by_update on resources (kind, updated_at, tenant, name)',
  'create index resources_by_label on resources using gin (labels jsonb_path_ops)',
  'create index resources_by_snapshot on resources (snapshot_version) where snapshot_version > 0',
  `create table work (
    ${KEY},
    due_at timestamptz not null default now(),
    request bigint not null default 1,
    attempts integer not null default 0,
    worker text,
    leased_until timestamptz,
    reason text,
    primary key (kind, tenant, name),
    foreign key (kind, tenant, name) references resources on delete cascade
  )`,
  'create index work_by_due on work (due_at)',
  'create index work_by_lease on work (leased_until) where leased_until is not null',
  `create table credentials (
    number bigint generated always as identity primary key,
    id uuid not null unique,
    tenant text collate "C" not null,
    user_name text collate "C" not null,
    mechanism text not null,
    sealed bytea not null,
    created_at timestamptz(3) not null default now()
  )`,
  'create index credentials_by_user on credentials (tenant, user_name)',
  `create table events (
    sequence bigint primary key,
    at timestamptz(3) not null default now(),
    type text not null,
    ${KEY},
    uid uuid not null,
    generation integer not null,
    conditions jsonb not null
  )`,
  `create table audit (
    sequence bigint generated always as identity primary key,
    id uuid not null,
    at timestamptz(3) not null default now(),
    actor text not null,
    action text not null,
    subject text not null,
    outcome text not null,
    rule text not null,
    before jsonb,
    after jsonb,
    remote_address text
  )`,
  'create index audit_by_subject on audit (subject, sequence)',
  'create table counters (name text primary key, value bigint not null)',
  `insert into counters (name, value) values ('event', 0), ('snapshot', 0)`,
  `create table snapshot_removals (kind text not null, name text not null, version bigint not null, primary key (kind, name))`,
  'create table settings (name text primary key, value text not null)',
]
