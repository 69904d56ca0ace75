// SPDX-License-Identifier: Apache-2.0
/** Tokens of the API: made by people, never more than their maker, ended at once, and useless to whoever finds an old one. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type IdentityProvider, startIdentityProvider, type TestDatabase } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newToken, renderToken } from '../../src/sign-in/api-token.ts'
import { hashOf } from '../../src/sign-in/secrets.ts'
import type { TestApi } from '../api/start-api.ts'
import { answerOf, POSTGRES, type SignedIn, signIn, signInAsBootstrap, startPeople } from './start-people.ts'

let company: IdentityProvider
let database: TestDatabase
let api: TestApi
let grace: SignedIn
let barbara: SignedIn
beforeAll(async () => {
  await POSTGRES?.start()
  company = await startIdentityProvider()
  database = (await POSTGRES?.newDatabase()) as TestDatabase
  api = await startPeople(database, { providers: { company } })
  await bind('platform-admins', { role: 'platform-admin', subjects: { groups: ['platform-admins'] }, scope: 'platform' })
  await put('teams', 'Team', 'pay', { externalGroups: [] })
  await bind('pay-leads', { role: 'team-admin', subjects: { groups: ['payments-dev'] }, scope: { team: 'pay' } })
  grace = await signIn(api, 'grace')
  barbara = await signIn(api, 'barbara')
})
afterAll(async () => {
  await api.close()
  await Promise.all([company.stop(), POSTGRES?.stop()])
})

async function put(plural: string, kind: string, name: string, spec: unknown): Promise<void> {
  const response = await api.fetch(`/v1/${plural}/${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ apiVersion: 'kaas.dev/v1', kind, metadata: { name }, spec }),
  })
  if (response.status >= 300) throw new Error(await response.text())
}
const bind = (name: string, spec: unknown) => put('rolebindings', 'RoleBinding', name, spec)

const WANTED = { name: 'ci', kind: 'personal', role: 'platform-admin', scope: 'platform', expiresIn: '1h' }
const make = (who: SignedIn, wanted: object = {}) =>
  answerOf(who.call('/v1/tokens', { method: 'POST', body: JSON.stringify({ ...WANTED, ...wanted }) }))
const secretOf = async (who: SignedIn, wanted: object = {}) => String((await make(who, wanted)).secret)
const as = (token: string, path: string, options: RequestInit = {}) => api.fetch(path, { ...options, token })
const statusOf = async (response: Promise<Response>) => (await response).status

describe('a personal token', () => {
  it('acts as its owner, is listed without its secret, and remembers where it was used', async () => {
    const made = await make(barbara, { name: 'laptop' })
    const { id } = made.token as { id: string }
    expect(made.secret).toMatch(new RegExp(`^kaas_${id}_[0-9A-Za-z]{49}$`))
    expect(await answerOf(as(String(made.secret), '/v1/session'))).toMatchObject({
      person: { name: 'barbara', provider: 'company', groups: ['payments-dev'] },
      csrf: '',
    })
    const list = await answerOf(barbara.call('/v1/tokens'))
    expect(list.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ id, name: 'laptop', lastUsedFrom: '127.0.0.1' })]),
    )
    expect(JSON.stringify(list)).not.toContain(String(made.secret).slice(-49))
    const stored = await api.store.loadToken(id)
    expect(stored?.secretHash.toString('hex')).not.toContain(String(made.secret).slice(-49, -6))
  })

  it('may what its owner may now, and no more than its limit', async () => {
    const full = await secretOf(grace)
    const small = await secretOf(grace, { role: 'team-viewer', scope: { team: 'pay' } })
    expect(await statusOf(as(full, '/v1/teams/default'))).toBe(200)
    expect(await statusOf(as(small, '/v1/teams/default'))).toBe(404)
    expect(await statusOf(as(small, '/v1/teams/pay'))).toBe(200)
    const little = await secretOf(barbara)
    expect(await statusOf(as(little, '/v1/teams/pay'))).toBe(200)
    expect(await statusOf(as(little, '/v1/teams/default'))).toBe(404)
    company.changePerson('barbara', { groups: [] })
    await signIn(api, 'barbara')
    expect(await statusOf(as(little, '/v1/teams/pay'))).toBe(404)
    company.changePerson('barbara', { groups: ['payments-dev'] })
    await signIn(api, 'barbara')
    expect(await statusOf(as(little, '/v1/teams/pay'))).toBe(200)
  })

  it('rests when its owner was not seen for long, and wakes when she signs in', async () => {
    const strict = await startPeople(database, { providers: { company }, file: { tokenOwnerSeenWithin: '6s' } })
    const edsger = await signIn(strict, 'edsger')
    const secret = await secretOf(edsger)
    const ask = () => answerOf(strict.fetch('/v1/session', { token: secret }))
    await sleep(6100)
    expect(await ask()).toMatchObject({ status: 401, code: 'credentials-wrong' })
    await signIn(strict, 'edsger')
    expect(await ask()).toMatchObject({ status: 200 })
    await strict.close()
  })

  it('is worth nothing when its owner’s provider is taken away', async () => {
    const secret = await secretOf(barbara)
    const without = await startPeople(database)
    expect((await without.fetch('/v1/session', { token: secret })).status).toBe(401)
    await without.close()
  })
})

describe('a token of a machine', () => {
  it('acts for itself, within its role and scope, also after its maker has lost all rights', async () => {
    company.changePerson('grace', { groups: ['platform-admins'] })
    const secret = await secretOf(grace, { kind: 'machine', role: 'team-viewer', scope: { team: 'pay' } })
    const { person } = (await answerOf(as(secret, '/v1/session'))) as { person: { name: string } }
    expect(person.name).toMatch(/^token:[a-z0-9]{12}$/)
    expect(await statusOf(as(secret, '/v1/teams/pay'))).toBe(200)
    expect(await statusOf(as(secret, '/v1/teams/default'))).toBe(404)
    company.changePerson('grace', { groups: [] })
    await signIn(api, 'grace')
    expect(await statusOf(as(secret, '/v1/teams/pay'))).toBe(200)
    company.changePerson('grace', { groups: ['platform-admins'] })
    await signIn(api, 'grace')
  })

  it('never gets more than its maker has', async () => {
    const machine = { kind: 'machine' }
    expect(await make(barbara, { ...machine, scope: 'platform' })).toMatchObject({ status: 403, code: 'not-allowed' })
    const other = { ...machine, role: 'team-viewer', scope: { team: 'default' } }
    expect(await make(barbara, other)).toMatchObject({ status: 403 })
    expect(await make(barbara, { ...machine, role: 'team-member', scope: { team: 'pay' } })).toMatchObject({ status: 201 })
    const mallory = await signIn(api, 'mallory')
    const small = { ...machine, role: 'team-viewer', scope: { team: 'pay' } }
    expect(await make(mallory, small)).toMatchObject({ status: 403 })
  })
})

describe('a token', () => {
  it.each([
    { name: '' },
    { name: 'x'.repeat(101) },
    { role: 'no-such-role' },
    { expiresIn: '59m' },
    { expiresIn: '366d' },
    { expiresIn: 'for ever' },
    { kind: 'other' },
    { scope: { team: '' } },
    { scope: { team: 'a', tenant: 'b' } },
    { owner: 'grace' },
  ])('is not made with %j', async (wrong) => {
    expect((await make(grace, wrong)).status).toBe(400)
  })

  it('cannot make tokens, so that a lost one ends at its end', async () => {
    const secret = await secretOf(grace)
    const body = JSON.stringify(WANTED)
    const headers = { 'content-type': 'application/json' }
    const answer = await answerOf(as(secret, '/v1/tokens', { method: 'POST', body, headers }))
    expect(answer).toMatchObject({ status: 403, code: 'not-allowed' })
    const confirm = JSON.stringify({ userCode: 'BCDF-BCDF', approve: true })
    expect(await statusOf(as(secret, '/v1/device-sign-in/confirm', { method: 'POST', body: confirm, headers }))).toBe(403)
  })

  it('ends at once, everywhere: by its owner, by itself, by who may delete it', async () => {
    const second = await startPeople(database, { providers: { company } })
    const tokens = await Promise.all([make(barbara), make(barbara), make(barbara)])
    const [mine, itself, theirs] = tokens.map(({ token, secret }) => ({
      path: `/v1/tokens/${(token as { id: string }).id}`,
      secret: String(secret),
    }))
    const end = { method: 'DELETE' }
    expect(await statusOf(barbara.call(mine?.path ?? '', end))).toBe(200)
    expect(await statusOf(as(itself?.secret ?? '', itself?.path ?? '', end))).toBe(200)
    expect(await statusOf(grace.call(theirs?.path ?? '', end))).toBe(200)
    for (const each of [mine, itself, theirs]) {
      expect((await second.fetch('/v1/session', { token: each?.secret ?? '' })).status).toBe(401)
      expect(await statusOf(barbara.call(each?.path ?? '', end))).toBe(404)
    }
    await second.close()
  })

  it('of others is not there for who has no right', async () => {
    const { token } = await make(grace)
    const path = `/v1/tokens/${(token as { id: string }).id}`
    expect(await statusOf(barbara.call(path, { method: 'DELETE' }))).toBe(404)
    const all = await answerOf(barbara.call('/v1/tokens?all=true'))
    expect(JSON.stringify(all)).not.toContain((token as { id: string }).id)
    expect(JSON.stringify(await answerOf(grace.call('/v1/tokens?all=true')))).toContain('laptop')
  })

  it('that has expired, or was never given out, or has one letter changed, opens nothing', async () => {
    const expired = newToken()
    await api.store.saveToken({
      id: expired.id,
      secretHash: hashOf(expired.secret),
      name: 'old',
      kind: 'machine',
      owner: 'grace',
      ownerProvider: 'company',
      role: 'platform-admin',
      scope: 'platform',
      lifeMs: 1,
    })
    await sleep(10)
    const valid = await secretOf(grace)
    const otherSecret = renderToken({ id: valid.slice(5, 17), secret: newToken().secret })
    for (const secret of [renderToken(expired), renderToken(newToken()), otherSecret, `${valid}x`, valid.toLowerCase()]) {
      expect(await answerOf(as(secret, '/v1/session')), secret).toMatchObject({ status: 401, code: 'credentials-wrong' })
    }
    expect(await statusOf(as(valid, '/v1/session'))).toBe(200)
  })

  it('is in the audit log when it is made, used and ended, without its secret', async () => {
    const root = await signInAsBootstrap(api)
    const made = await make(root, { kind: 'machine', role: 'team-viewer', scope: { team: 'pay' } })
    const { id } = made.token as { id: string }
    await root.call(`/v1/tokens/${id}`, { method: 'DELETE' })
    const { items } = await api.client.audit({ subject: `/v1/tokens/${id}`, limit: 10 })
    expect(items.map(({ type }) => type)).toEqual(['dev.kaas.audit.end-token', 'dev.kaas.audit.create-token'])
    expect(items[1]?.data).toMatchObject({ actor: 'administrator', role: 'platform-admin', outcome: 'allowed' })
    expect(JSON.stringify(items)).not.toContain(String(made.secret).slice(-49, -6))
  })
})
