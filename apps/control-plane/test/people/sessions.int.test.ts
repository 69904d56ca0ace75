// SPDX-License-Identifier: Apache-2.0
/** Sessions of the console: they go on over restarts and on every control plane, they end, and nobody else can use them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpBrowser, type IdentityProvider, startIdentityProvider, type TestDatabase } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestApi } from '../api/start-api.ts'
import { answerOf, POSTGRES, signedIn, signIn, signInAsBootstrap, startPeople } from './start-people.ts'

let company: IdentityProvider
let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  await POSTGRES?.start()
  company = await startIdentityProvider()
  database = (await POSTGRES?.newDatabase()) as TestDatabase
  api = await startPeople(database, { providers: { company } })
})
afterAll(async () => {
  await api.close()
  await Promise.all([company.stop(), POSTGRES?.stop()])
})

const statusOf = async (response: Promise<Response>) => (await response).status

describe('a session', () => {
  it('goes on when its control plane dies, on another one and on the next start [R138]', async () => {
    const first = await startPeople(database, { providers: { company } })
    const second = await startPeople(database, { providers: { company } })
    const ada = await signIn(first, 'ada')
    await first.close()
    const elsewhere = await signedIn(second, ada.browser)
    expect(elsewhere.csrf).toBe(ada.csrf)
    expect(await answerOf(elsewhere.call('/v1/session'))).toMatchObject({ status: 200, person: { name: 'ada' } })
    expect(await statusOf(elsewhere.call('/v1/sign-out', { method: 'POST' }))).toBe(200)
    await second.close()
    expect(await statusOf(ada.browser.send(`${api.url}/v1/session`))).toBe(401)
  })

  it('is refused when the way back leads to another address than the one where it began', async () => {
    const other = await startPeople(database, { providers: { company } })
    const browser = new HttpBrowser()
    const page = await browser.open(`${api.url}/v1/sign-in/provider/company`)
    const form = new URLSearchParams({ login: 'ada', password: 'ada-password' })
    const { url } = await browser.open(page.url, { form, until: `${api.url}/` })
    // Behind one address any control plane ends it: two-consoles.int.test.ts. Here the address tells, and the provider refuses the other.
    const back = await browser.open(url.replace(api.url, other.url), { until: `${other.url}/` })
    expect(back.url).toBe(`${other.url}/sign-in?problem=sign-in-failed&returnTo=%2F`)
    await other.close()
  })

  it('of whoever signs in again is a new one; the one before has ended', async () => {
    const ada = await signIn(api, 'ada')
    const before = ada.cookie
    const { url } = await ada.browser.signIn(`${api.url}/v1/sign-in/provider/company?returnTo=/tenants`, 'ada')
    expect(url).toBe(`${api.url}/tenants`)
    expect(ada.browser.cookie('kaas_session')).not.toBe(before)
    const replayed = new HttpBrowser()
    replayed.setCookie('kaas_session', before)
    expect(await answerOf(replayed.send(`${api.url}/v1/session`))).toMatchObject({ status: 401, code: 'credentials-wrong' })
  })

  it('is never one that somebody else put into the browser before', async () => {
    const browser = new HttpBrowser()
    browser.setCookie('kaas_session', 'a-secret-that-the-thief-knows')
    await browser.signIn(`${api.url}/v1/sign-in/provider/company`, 'ada')
    expect(browser.cookie('kaas_session')).not.toBe('a-secret-that-the-thief-knows')
    const thief = new HttpBrowser()
    thief.setCookie('kaas_session', 'a-secret-that-the-thief-knows')
    expect(await statusOf(thief.send(`${api.url}/v1/session`))).toBe(401)
  })

  it('that was signed out is dead, also for who kept its cookie', async () => {
    const ada = await signIn(api, 'ada')
    const kept = ada.cookie
    const response = await ada.call('/v1/sign-out', { method: 'POST' })
    expect(response.headers.getSetCookie()).toEqual(['kaas_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0'])
    ada.browser.setCookie('kaas_session', kept)
    expect(await statusOf(ada.call('/v1/session'))).toBe(401)
  })

  it.each(['', 'x', `${'A'.repeat(43)}`, `${'%00'.repeat(20)}`, 'x'.repeat(5000)])(
    'is not to be guessed: %#',
    async (value) => {
      const browser = new HttpBrowser()
      browser.setCookie('kaas_session', value)
      expect(await statusOf(browser.send(`${api.url}/v1/session`))).toBe(401)
    },
  )

  it('twice in one request is none', async () => {
    const ada = await signIn(api, 'ada')
    const cookie = `kaas_session=${ada.cookie}; kaas_session=${ada.cookie}`
    expect((await fetch(`${api.url}/v1/session`, { headers: { cookie } })).status).toBe(401)
  })

  it('ends when it was idle, and at its end though it was used', async () => {
    const short = await startPeople(database, { providers: { company }, file: { sessionIdle: '8s', sessionLife: '16s' } })
    const idle = await signIn(short, 'ada')
    const used = await signIn(short, 'grace')
    const started = Date.now()
    await sleep(5000)
    expect(await statusOf(used.call('/v1/session'))).toBe(200)
    await sleep(5000)
    expect(await statusOf(idle.call('/v1/session'))).toBe(401)
    expect(await statusOf(used.call('/v1/session'))).toBe(200)
    await sleep(started + 16_500 - Date.now())
    expect(await statusOf(used.call('/v1/session'))).toBe(401)
    await short.close()
  })
})

describe('an open stream of events', () => {
  it('ends with its session, and is no use that keeps it alive', async () => {
    const short = await startPeople(database, { providers: { company }, file: { sessionIdle: '6s', sessionLife: '1h' } })
    const ended = await signIn(api, 'barbara')
    const idle = await signIn(short, 'ada')
    const streams = await Promise.all([idle.call('/v1/events'), ended.call('/v1/events')])
    expect(streams.map(({ status }) => status)).toEqual([200, 200])
    // Cut off or ended in peace: it is over.
    const untilEnd = streams.map((stream) => stream.text().catch(() => 'cut off'))
    await ended.call('/v1/sign-out', { method: 'POST' })
    await Promise.all(untilEnd)
    expect(await statusOf(idle.call('/v1/session'))).toBe(401)
    await short.close()
  })
})

describe('open sessions', () => {
  it('can be seen and ended by whose they are', async () => {
    const here = await signIn(api, 'barbara')
    const there = await signIn(api, 'barbara')
    const { items } = (await answerOf(here.call('/v1/sessions'))) as { items: { id: string; current: boolean }[] }
    expect(items.filter(({ current }) => current)).toHaveLength(1)
    const other = items.find(({ current }) => !current)
    expect(await statusOf(here.call(`/v1/sessions/${other?.id}`, { method: 'DELETE' }))).toBe(200)
    expect(await statusOf(there.call('/v1/session'))).toBe(401)
    expect(await statusOf(here.call('/v1/session'))).toBe(200)
  })

  it('of others are not there for who has no right, and can be ended by an administrator', async () => {
    const edsger = await signIn(api, 'edsger')
    const mallory = await signIn(api, 'mallory')
    const own = (await answerOf(edsger.call('/v1/sessions'))) as { items: { id: string }[] }
    const path = `/v1/sessions/${own.items[0]?.id}`
    expect(await statusOf(mallory.call('/v1/sessions?person=*'))).toBe(403)
    expect(await statusOf(mallory.call('/v1/sessions?person=edsger'))).toBe(403)
    expect(await statusOf(mallory.call(path, { method: 'DELETE' }))).toBe(404)
    const root = await signInAsBootstrap(api)
    const all = (await answerOf(root.call('/v1/sessions?person=*'))) as { items: { person: string }[] }
    expect(all.items.map(({ person }) => person)).toEqual(expect.arrayContaining(['administrator', 'edsger', 'mallory']))
    expect(await statusOf(root.call(path, { method: 'DELETE' }))).toBe(200)
    expect(await statusOf(edsger.call('/v1/session'))).toBe(401)
    expect(JSON.stringify(all)).not.toContain(edsger.cookie)
  })
})

describe('somebody who left', () => {
  it('is forgotten by an administrator: sessions and tokens end, and her name is free', async () => {
    company.changePerson('mallory', { preferredName: 'leaving' })
    const leaving = await signIn(api, 'mallory')
    const token = { name: 'ci', kind: 'personal', role: 'team-viewer', scope: 'platform', expiresIn: '1d' }
    const made = await answerOf(leaving.call('/v1/tokens', { method: 'POST', body: JSON.stringify(token) }))
    const end = { method: 'DELETE' }
    expect(await statusOf(leaving.call('/v1/people/leaving', end))).toBe(403)
    const root = await signInAsBootstrap(api)
    expect(await statusOf(root.call('/v1/people/leaving', end))).toBe(200)
    expect(await statusOf(root.call('/v1/people/leaving', end))).toBe(404)
    expect(await statusOf(leaving.call('/v1/session'))).toBe(401)
    expect((await api.fetch('/v1/session', { token: String(made.secret) })).status).toBe(401)
    company.changePerson('mallory', { preferredName: 'mallory' })
    company.changePerson('edsger', { preferredName: 'leaving' })
    const { browser } = await signIn(api, 'edsger')
    expect(await answerOf(browser.send(`${api.url}/v1/session`))).toMatchObject({ person: { name: 'leaving' } })
    company.changePerson('edsger', { preferredName: 'edsger' })
  })
})

describe('a change in a session', () => {
  const signOut = (headers: Record<string, string>) => ({ method: 'POST', headers })

  it.each<[string, Record<string, string>]>([
    ['without the value of our pages', { 'x-kaas-csrf': '' }],
    ['with a wrong one', { 'x-kaas-csrf': 'A'.repeat(43) }],
    ['from another site', { origin: 'https://evil.example' }],
    ['from another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['from a page without an origin', { origin: 'null' }],
    ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['that the browser calls same-site', { 'sec-fetch-site': 'same-site' }],
  ])('%s is refused', async (_, headers) => {
    const ada = await signIn(api, 'ada')
    const refused = await answerOf(ada.call('/v1/sign-out', signOut(headers)))
    expect(refused).toMatchObject({ status: 403, code: 'origin-refused' })
    expect(await statusOf(ada.call('/v1/session'))).toBe(200)
  })

  it('with the value of another session is refused', async () => {
    const ada = await signIn(api, 'ada')
    const mallory = await signIn(api, 'mallory')
    const refused = ada.call('/v1/sign-out', signOut({ 'x-kaas-csrf': mallory.csrf }))
    expect(await answerOf(refused)).toMatchObject({ code: 'origin-refused' })
  })

  it('by a form of another site is refused before anything is looked at', async () => {
    const ada = await signIn(api, 'ada')
    const form = { method: 'POST', body: new URLSearchParams({ name: 'x' }), headers: { origin: 'https://evil.example' } }
    expect(await statusOf(ada.browser.send(`${api.url}/v1/sign-out`, form))).toBe(403)
    expect(await statusOf(ada.browser.send(`${api.url}/v1/sign-in/password`, form))).toBe(403)
  })

  it('by a bearer token needs no such proof, and a wrong token is not rescued by a cookie', async () => {
    const ada = await signIn(api, 'ada')
    const bearer = (token: string) => ({ method: 'POST', headers: { authorization: `Bearer ${token}` } })
    expect((await api.fetch('/v1/sign-out', { method: 'POST' })).status).toBe(200)
    expect(await statusOf(ada.browser.send(`${api.url}/v1/sign-out`, bearer('wrong-token-of-somebody')))).toBe(401)
    expect(await statusOf(ada.call('/v1/session'))).toBe(200)
  })
})

describe('behind HTTPS', () => {
  it('cookies are bound to the host, secure, and out of reach of scripts', async () => {
    const secure = await startPeople(database, { providers: { company }, publicUrl: new URL('https://kaas.example.org') })
    const response = await fetch(`${secure.url}/v1/sign-in/password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://kaas.example.org' },
      body: JSON.stringify({ name: 'administrator', password: 'the-password-of-the-bootstrap-administrator' }),
    })
    const [cookie = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-kaas_session=[0-9A-Za-z]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    // The name without the prefix could come from a subdomain.
    const plain = cookie.replace('__Host-', '').split(';')[0] ?? ''
    expect((await fetch(`${secure.url}/v1/session`, { headers: { cookie: plain } })).status).toBe(401)
    const prefixed = cookie.split(';')[0] ?? ''
    expect((await fetch(`${secure.url}/v1/session`, { headers: { cookie: prefixed } })).status).toBe(200)
    const begun = await fetch(`${secure.url}/v1/sign-in/provider/company`, { redirect: 'manual' })
    const target = new URL(begun.headers.get('location') ?? '')
    expect(target.searchParams.get('redirect_uri')).toBe('https://kaas.example.org/v1/sign-in/provider/company/callback')
    expect(target.searchParams.get('code_challenge_method')).toBe('S256')
    expect(begun.headers.getSetCookie()[0]).toMatch(/^__Host-kaas_sign_in=.*; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/)
    await secure.close()
  })

  it('on another machine without a configured address, sign-in says what to set', async () => {
    const { port } = new URL(api.url)
    const response = await fetch(`http://127.0.0.1:${port}/v1/sign-in/password`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-host': 'kaas.example.org',
        origin: 'http://kaas.example.org',
      },
      body: JSON.stringify({ name: 'administrator', password: 'x' }),
    })
    expect(response.status).toBe(403)
  })
})
