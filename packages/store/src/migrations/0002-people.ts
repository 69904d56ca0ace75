// SPDX-License-Identifier: Apache-2.0
/** People who sign in, their sessions, tokens of the API, sign-ins under way, and counted attempts. Secrets are kept as hashes only. */
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const people: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table people (
    name text collate "C" primary key,
    provider text collate "C" not null,
    subject text collate "C" not null,
    display_name text not null,
    email text,
    groups jsonb not null,
    claims jsonb not null,
    first_sign_in_at timestamptz(3) not null default now(),
    last_sign_in_at timestamptz(3) not null default now(),
    unique (provider, subject)
  )`,
  `create table sessions (
    id uuid primary key,
    secret_hash bytea not null unique,
    person text collate "C" not null,
    provider text collate "C" not null,
    started_at timestamptz(3) not null default now(),
    last_seen_at timestamptz(3) not null default now(),
    expires_at timestamptz(3) not null,
    remote_address text not null,
    user_agent text not null
  )`,
  'create index sessions_by_person on sessions (person)',
  'create index sessions_by_expiry on sessions (expires_at)',
  `create table tokens (
    id text collate "C" primary key,
    secret_hash bytea not null,
    name text not null,
    kind text not null,
    owner text collate "C" not null,
    owner_provider text collate "C" not null,
    role text not null,
    scope jsonb not null,
    created_at timestamptz(3) not null default now(),
    expires_at timestamptz(3) not null,
    last_used_at timestamptz(3),
    last_used_from text
  )`,
  'create index tokens_by_owner on tokens (owner)',
  'create index tokens_by_expiry on tokens (expires_at)',
  `create table sign_ins (
    state_hash bytea primary key,
    browser_hash bytea not null,
    provider text collate "C" not null,
    nonce text not null,
    verifier text not null,
    return_to text not null,
    expires_at timestamptz(3) not null
  )`,
  'create index sign_ins_by_expiry on sign_ins (expires_at)',
  `create table device_sign_ins (
    device_hash bytea primary key,
    user_code text collate "C" not null unique,
    state text not null default 'pending',
    person text collate "C",
    provider text collate "C",
    remote_address text not null,
    expires_at timestamptz(3) not null
  )`,
  'create index device_sign_ins_by_expiry on device_sign_ins (expires_at)',
  `create table attempts (
    key text collate "C" primary key,
    count integer not null,
    ends_at timestamptz(3) not null
  )`,
  'create index attempts_by_end on attempts (ends_at)',
]
