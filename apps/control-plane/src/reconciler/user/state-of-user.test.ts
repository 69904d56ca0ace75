// SPDX-License-Identifier: Apache-2.0
import { userSchema } from '@kaas/domain'
import { limitsFor } from '@kaas/planner'
import type { ScramEntry, StoredResource } from '@kaas/store'
import { expect, test } from 'vitest'
import { aclsFor } from './acls-for.ts'
import { actionForUser } from './action-for-user.ts'
import type { FoundUser, UserObservation } from './observe-user.ts'
import { quotasFor } from './quotas-for.ts'
import { reportOfUser } from './report-of-user.ts'
import { stateOfUser } from './state-of-user.ts'

const spec = userSchema.shape.spec.parse({ roles: ['producer'] })
const limits = limitsFor({ produceBytesPerSecond: 5e6, consumeBytesPerSecond: 5e6, retentionMs: 1e6 })
const user: StoredResource<'User'> = {
  kind: 'User',
  tenant: 'orders',
  name: 'app',
  uid: 'u',
  generation: 1,
  spec,
  labels: {},
  annotations: {},
  createdAt: new Date(0),
  updatedAt: new Date(0),
}
const deleted = { ...user, deletionRequestedAt: new Date(1) }
const entries = (['SCRAM-SHA-512', 'SCRAM-SHA-256'] as const).map(
  (mechanism): ScramEntry => ({
    mechanism,
    iterations: 4096,
    salt: Buffer.from('s'),
    saltedPassword: Buffer.from('p'),
    credentialId: 'c',
  }),
)
const well: FoundUser = {
  credentials: [
    { mechanism: 'SCRAM-SHA-512', trial: 'works' },
    { mechanism: 'SCRAM-SHA-256', trial: 'works' },
  ],
  acls: aclsFor('orders', 'app', spec),
  quotas: quotasFor(spec, limits, 1),
}
const withToken = { ...user, spec: { ...spec, authentication: 'oauth' as const } }
const nothing: FoundUser = { credentials: [], acls: [], quotas: {} }

interface Situation {
  readonly of?: StoredResource<'User'>
  readonly found: FoundUser
  readonly kept?: readonly ScramEntry[]
  readonly tenantDeleting?: boolean
}

function observation({ of = user, found, kept = entries, tenantDeleting = false }: Situation): UserObservation {
  const home = { kind: 'found', cluster: 'main', limits, deleting: tenantDeleting } as const
  return { kind: 'housed', user: of, home, brokers: 1, username: 'orders.app', entries: kept, shares: [], found }
}

test.each<[string, Situation, string, string | undefined]>([
  ['is as ordered', { found: well }, 'InSync', undefined],
  ['is new: quotas first, so that nobody is without', { found: nothing }, 'QuotasDiffer', 'alterQuotas'],
  ['has quotas only: rights before the login', { found: { ...nothing, quotas: well.quotas } }, 'AclsDiffer', 'alterAcls'],
  ['cannot log in yet', { found: { ...well, credentials: [] } }, 'CredentialsDiffer', 'setCredentials'],
  [
    'has one mechanism only',
    { found: { ...well, credentials: well.credentials.slice(1) } },
    'CredentialsDiffer',
    'setCredentials',
  ],
  [
    'has a password that somebody else set',
    { found: { ...well, credentials: [{ mechanism: 'SCRAM-SHA-512', trial: 'refused' }, ...well.credentials.slice(1)] } },
    'CredentialsDiffer',
    'setCredentials',
  ],
  [
    'is on a listener without SCRAM: what cannot be tried is taken for right',
    { found: { ...well, credentials: well.credentials.map((each) => ({ ...each, trial: 'untried' as const })) } },
    'InSync',
    undefined,
  ],
  [
    'has a credential that the platform ended',
    { found: { ...well, credentials: [{ mechanism: 'SCRAM-SHA-512', trial: 'unknown' }] }, kept: entries.slice(1) },
    'CredentialsLeft',
    'deleteCredentials',
  ],
  ['has no password in the store', { found: { ...well, credentials: [] }, kept: [] }, 'CredentialMissing', undefined],
  ['logs in by bearer token', { of: withToken, found: { ...well, credentials: [] }, kept: [] }, 'InSync', undefined],
  [
    'was there before this database: her password stays, although nobody here knows it',
    { found: { ...well, credentials: [{ mechanism: 'SCRAM-SHA-512', trial: 'unknown' }] }, kept: [] },
    'InSync',
    undefined,
  ],
  [
    'logs in by bearer token now, and had a password',
    { of: withToken, found: { ...well, credentials: [{ mechanism: 'SCRAM-SHA-512', trial: 'unknown' }] }, kept: [] },
    'CredentialsLeft',
    'deleteCredentials',
  ],
  ['lost a right', { found: { ...well, acls: well.acls.slice(1) } }, 'AclsDiffer', 'alterAcls'],
  ['belongs to a tenant that is being deleted', { found: well, tenantDeleting: true }, 'TenantNotReady', undefined],
  ['is deleted: she must not log in again', { of: deleted, found: well, kept: [] }, 'CredentialsLeft', 'deleteCredentials'],
  [
    'is deleted and cannot log in',
    { of: deleted, found: { ...well, credentials: [] }, kept: [] },
    'AclsDiffer',
    'alterAcls',
  ],
  [
    'is deleted and has quotas left',
    { of: deleted, found: { ...nothing, quotas: well.quotas }, kept: [] },
    'QuotasDiffer',
    'alterQuotas',
  ],
  ['is deleted and nothing is left', { of: deleted, found: nothing, kept: [] }, 'Gone', 'removeUser'],
])('a user who %s', (_, situation, state, action) => {
  const named = stateOfUser(observation(situation))
  expect([named.kind, actionForUser(named)?.kind]).toEqual([state, action])
})

test('a user without a home waits, and when deleted goes at once', () => {
  const homeless = (of: StoredResource<'User'>) => stateOfUser({ kind: 'homeless', user: of, reason: 'No tenant.' }).kind
  expect([homeless(user), homeless(deleted)]).toEqual(['TenantNotReady', 'Gone'])
})

test('the report of a user never carries a salted value', () => {
  const seen = observation({ found: { ...well, credentials: [] } })
  expect(JSON.stringify(reportOfUser(seen, stateOfUser(seen)))).not.toMatch(/salt/i)
})
