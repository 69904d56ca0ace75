// SPDX-License-Identifier: Apache-2.0
/** People come in by their company's identity provider, and nobody comes in as somebody else. */
import { HttpBrowser, type IdentityProvider, startIdentityProvider, type TestDatabase, waitFor } from '@kaas/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TestApi } from '../api/start-api.ts'
import { answerOf, POSTGRES, signIn, startPeople } from './start-people.ts'

let company: IdentityProvider
let partner: IdentityProvider
let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  await POSTGRES?.start()
  database = (await POSTGRES?.newDatabase()) as TestDatabase
  ;[company, partner] = await Promise.all([startIdentityProvider(), startIdentityProvider({ claimsIn: 'userinfo' })])
  api = await startPeople(database, { providers: { company, partner } })
})
afterAll(async () => {
  await api.close()
  await Promise.all([company.stop(), partner.stop(), POSTGRES?.stop()])
})
afterEach(() => company.bend(undefined))

/** Where the way to the provider and back ends. */
async function walk(login = 'ada', browser = new HttpBrowser(), returnTo = '/tenants'): Promise<string> {
  const start = `${api.url}/v1/sign-in/provider/company?returnTo=${encodeURIComponent(returnTo)}`
  const { url } = await browser.signIn(start, login)
  return url.slice(api.url.length)
}
const FAILED = '/sign-in?problem=sign-in-failed&returnTo=%2F'

describe('somebody of the company', () => {
  it('is led back to the page she wanted, and is known by name and groups', async () => {
    const ada = await signIn(api, 'ada')
    const session = await answerOf(ada.call('/v1/session'))
    expect(session).toMatchObject({
      status: 200,
      person: { name: 'ada', displayName: 'Ada Lovelace', provider: 'company', groups: ['orders-dev'] },
      grants: [],
    })
    expect(Date.parse(String(session.expiresAt)) - Date.now()).toBeGreaterThan(11.9 * 3_600_000)
  })

  it('may what her groups are bound to, from the next request on, and nothing after they are taken [R62]', async () => {
    const ada = await signIn(api, 'ada')
    expect((await ada.call('/v1/teams/shop')).status).toBe(404)
    const team = { apiVersion: 'kaas.dev/v1', kind: 'Team', metadata: { name: 'shop' } }
    const put = (externalGroups: string[]) =>
      api.fetch('/v1/teams/shop', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...team, spec: { externalGroups } }),
      })
    expect((await put(['orders-dev'])).status).toBe(201)
    expect((await ada.call('/v1/teams/shop')).status).toBe(200)
    expect((await put([])).status).toBe(200)
    expect((await ada.call('/v1/teams/shop')).status).toBe(404)
  })

  it('has the groups of her last sign-in, in every session', async () => {
    const first = await signIn(api, 'grace')
    company.changePerson('grace', { groups: [] })
    await signIn(api, 'grace')
    company.changePerson('grace', { groups: ['platform-admins'] })
    expect(await answerOf(first.call('/v1/session'))).toMatchObject({ person: { groups: [] } })
  })

  it('leaves a trail: coming in, and what she did, with her name', async () => {
    await signIn(api, 'ada')
    const { items } = await api.client.audit({ limit: 10 })
    const entry = items.find(({ type }) => type === 'dev.kaas.audit.sign-in')
    expect(entry?.data).toMatchObject({ actor: 'ada', outcome: 'allowed', rule: 'identity-provider' })
    expect(JSON.stringify(items)).not.toContain('kaas_session')
  })
})

describe('several identity providers', () => {
  it('are offered side by side, and speak only for their own people', async () => {
    expect(await answerOf(api.fetch('/v1/sign-in', { token: null }))).toEqual({
      status: 200,
      providers: [
        { id: 'company', name: 'Account of company' },
        { id: 'partner', name: 'Account of partner' },
      ],
      password: true,
    })
    await signIn(api, 'ada', 'company')
    const other = await signIn(api, 'ada', 'partner')
    expect(await answerOf(other.call('/v1/session'))).toMatchObject({
      person: { name: 'partner:ada', groups: ['partner:orders-dev'], provider: 'partner' },
    })
  })

  it('do not keep each other’s people out when one is away; it is asked again when it is back', async () => {
    const port = company.port
    await company.stop()
    expect(await walk()).toBe('/sign-in?problem=identity-provider-unavailable&returnTo=%2Ftenants')
    await signIn(api, 'barbara', 'partner')
    company = await startIdentityProvider({ port })
    expect(await walk()).toBe('/tenants')
  })

  it('whose people are signed in lose them when they are taken out of the configuration', async () => {
    const other = await signIn(api, 'ada', 'partner')
    const second = await startPeople(database, { providers: { company } })
    const response = await other.browser.send(`${second.url}/v1/session`)
    expect(await answerOf(response)).toMatchObject({ status: 401, code: 'credentials-wrong' })
    await second.close()
  })
})

describe('a name', () => {
  it('stays with the account that had it first', async () => {
    await signIn(api, 'ada')
    company.changePerson('mallory', { preferredName: 'ada' })
    expect(await walk('mallory')).toBe(FAILED)
    company.changePerson('mallory', { preferredName: 'mallory' })
    // Denials are written behind the answer.
    const isRecorded = async () =>
      JSON.stringify(await api.client.audit({ limit: 5 })).includes('belongs to another account')
    await waitFor(isRecorded, { what: 'the refusal in the audit log' })
  })

  it('can be changed by its owner, whose old sessions and tokens end', async () => {
    const before = await signIn(api, 'edsger')
    company.changePerson('edsger', { preferredName: 'edsger.d' })
    const after = await signIn(api, 'edsger')
    company.changePerson('edsger', { preferredName: 'edsger' })
    expect(await answerOf(after.call('/v1/session'))).toMatchObject({ person: { name: 'edsger.d' } })
    expect((await before.call('/v1/session')).status).toBe(401)
  })

  it.each(['administrator', 'Gateway', 'token:abc', 'x\u202eevil', '../etc', ''])(
    '%j is given to nobody, since it is the product’s own or no name',
    async (preferredName) => {
      company.changePerson('mallory', { preferredName })
      expect(await walk('mallory')).toBe(FAILED)
      company.changePerson('mallory', { preferredName: 'mallory' })
    },
  )
})

describe('an identity provider that says what does not hold is not believed:', () => {
  it.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ['another nonce', (claims) => ({ ...claims, nonce: 'another' })],
    ['no nonce', ({ nonce: _, ...claims }) => claims],
    ['another audience', (claims) => ({ ...claims, aud: 'another-client' })],
    ['another issuer', (claims) => ({ ...claims, iss: 'http://127.0.0.1:1' })],
    ['an ID token that has expired', (claims) => ({ ...claims, exp: Number(claims.iat) - 3600 })],
    [
      'an ID token from the future',
      (claims) => ({ ...claims, iat: Number(claims.iat) + 3600, nbf: Number(claims.iat) + 3600 }),
    ],
    ['no subject', ({ sub: _, ...claims }) => claims],
  ])('%s', async (_, change) => {
    company.bend(change)
    const browser = new HttpBrowser()
    expect(await walk('ada', browser)).toBe(FAILED)
    expect(browser.cookie('kaas_session')).toBeUndefined()
  })

  it('a clock that is twenty seconds ahead is forgiven', async () => {
    company.bend((claims) => ({ ...claims, iat: Number(claims.iat) + 20, nbf: Number(claims.iat) + 20 }))
    expect(await walk()).toBe('/tenants')
  })
})

describe('a way back from the provider', () => {
  it('counts once, and only in the browser that began it', async () => {
    const victim = new HttpBrowser()
    const thief = new HttpBrowser()
    const page = await thief.open(`${api.url}/v1/sign-in/provider/company`)
    const form = new URLSearchParams({ login: 'mallory', password: 'mallory-password' })
    const { url } = await thief.open(page.url, { form, until: `${api.url}/` })
    // Who opens a link of the thief would be signed in as the thief.
    expect((await victim.open(url, { until: `${api.url}/sign-in` })).url).toBe(`${api.url}${FAILED}`)
    expect(victim.cookie('kaas_session')).toBeUndefined()
    // It is used up by that, also for the thief.
    expect((await thief.open(url, { until: `${api.url}/sign-in` })).url).toBe(`${api.url}${FAILED}`)
  })

  it.each([
    ['without anything', ''],
    ['with an invented state', '?state=invented&code=invented'],
    ['with an error of the provider', '?error=access_denied&state=invented'],
    ['with a text for the page', '?error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=call+0900'],
  ])('%s leads to the sign-in page with a code and no text of others', async (_, query) => {
    const browser = new HttpBrowser()
    const back = await browser.open(`${api.url}/v1/sign-in/provider/company/callback${query}`, { until: `${api.url}/` })
    expect(back.url).toBe(`${api.url}${FAILED}`)
  })

  it('for somebody who pressed cancel leads to the sign-in page', async () => {
    const browser = new HttpBrowser()
    const page = await browser.open(`${api.url}/v1/sign-in/provider/company`)
    const until = `${api.url}/`
    const back = await browser.open(page.url, { form: new URLSearchParams({ cancel: 'yes' }), until })
    expect((await browser.open(back.url, { until })).url).toBe(`${api.url}${FAILED}`)
  })

  it('that was begun at another provider is refused', async () => {
    const browser = new HttpBrowser()
    const page = await browser.open(`${api.url}/v1/sign-in/provider/company`)
    const form = new URLSearchParams({ login: 'ada', password: 'ada-password' })
    const { url } = await browser.open(page.url, { form, until: `${api.url}/` })
    const mixed = url.replace('/provider/company/', '/provider/partner/')
    expect((await browser.open(mixed, { until: `${api.url}/sign-in` })).url).toBe(`${api.url}${FAILED}`)
  })

  it.each(['//evil.example/', 'https://evil.example', '/\\evil.example', '/v1/sign-out'])(
    'never leaves the console, though a link asks for %s',
    async (returnTo) => {
      expect(await walk('ada', new HttpBrowser(), returnTo)).toBe('/')
    },
  )

  it('of a provider that there is not is said plainly', async () => {
    const browser = new HttpBrowser()
    const { url } = await browser.open(`${api.url}/v1/sign-in/provider/none`, { until: `${api.url}/sign-in` })
    expect(url).toBe(`${api.url}/sign-in?problem=resource-absent&returnTo=%2F`)
  })
})
