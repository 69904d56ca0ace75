// SPDX-License-Identifier: Apache-2.0
/** The bootstrap administrator: in by her password alone, slow to guess, and gone when she is turned off. */
import { HttpBrowser, type TestDatabase } from '@kaas/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TestApi } from '../api/start-api.ts'
import { answerOf, POSTGRES, signInAsBootstrap, startPeople, tryPassword } from './start-people.ts'

let database: TestDatabase
let api: TestApi
beforeAll(() => POSTGRES?.start())
afterAll(() => POSTGRES?.stop())
beforeEach(async () => {
  database = (await POSTGRES?.newDatabase()) as TestDatabase
  api = await startPeople(database, { trustedProxies: ['127.0.0.1'] })
  return () => api.close()
})

const wrong = (from = '192.0.2.1', name = 'administrator') =>
  tryPassword(api, new HttpBrowser(), { name, password: 'wrong', 'x-forwarded-for': from })

describe('the bootstrap administrator', () => {
  it('may everything, and her session says so', async () => {
    const root = await signInAsBootstrap(api)
    expect(await answerOf(root.call('/v1/session'))).toMatchObject({
      person: { name: 'administrator', displayName: 'Bootstrap administrator', provider: 'bootstrap', groups: [] },
      grants: [{ role: 'platform-admin', binding: 'bootstrap', scope: 'platform' }],
    })
    expect((await root.call('/v1/tenants')).status).toBe(200)
  })

  it('is told the same, and as slowly, for a wrong name as for a wrong password', async () => {
    const timed = async (name: string) => {
      const started = performance.now()
      const answer = await answerOf(wrong('192.0.2.1', name))
      return { answer, tookMs: performance.now() - started }
    }
    const ofHer = await timed('administrator')
    const ofNobody = await timed('nobody')
    expect(ofNobody.answer).toEqual(ofHer.answer)
    expect(ofHer.answer).toMatchObject({ status: 401, code: 'credentials-wrong' })
    for (const { tookMs } of [ofHer, ofNobody]) expect(tookMs).toBeGreaterThan(490)
  })

  it.each(['', 'x'.repeat(100_000), 'the-password-of-the-bootstrap-administrator '])(
    'is not somebody with another password (%#)',
    async (password) => {
      expect((await tryPassword(api, new HttpBrowser(), { password })).status).toBe(401)
    },
  )

  it('who is turned off is out at once, with her sessions and tokens, and the page offers no password [R67]', async () => {
    const root = await signInAsBootstrap(api)
    const token = { name: 'ci', kind: 'personal', role: 'platform-admin', scope: 'platform', expiresIn: '1h' }
    const made = await answerOf(root.call('/v1/tokens', { method: 'POST', body: JSON.stringify(token) }))
    const off = await startPeople(database, { bootstrapPassword: undefined })
    expect(await answerOf(off.fetch('/v1/sign-in', { token: null }))).toMatchObject({ password: false })
    expect(await answerOf(tryPassword(off, new HttpBrowser()))).toMatchObject({ status: 501, code: 'not-configured' })
    expect((await root.browser.send(`${off.url}/v1/session`)).status).toBe(401)
    expect((await off.fetch('/v1/session', { token: String(made.secret) })).status).toBe(401)
    await off.close()
  })
})

describe('guessing', () => {
  it('ends after ten tries from one address, on every control plane, whoever else is there', async () => {
    const tries = await Promise.all(Array.from({ length: 14 }, () => wrong()))
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(4)
    const second = await startPeople(database, { trustedProxies: ['127.0.0.1'] })
    const right = { 'x-forwarded-for': '192.0.2.1' }
    expect(await answerOf(tryPassword(second, new HttpBrowser(), right))).toMatchObject({
      status: 429,
      code: 'rate-exceeded',
    })
    expect((await tryPassword(second, new HttpBrowser(), { 'x-forwarded-for': '192.0.2.2' })).status).toBe(200)
    await second.close()
  })

  it('ends after thirty tries for one name, however many addresses they come from', async () => {
    const statuses: number[] = []
    for (let round = 0; round < 4; round += 1) {
      const addresses = Array.from({ length: 10 }, (_, index) => `198.51.100.${round * 10 + index}`)
      const answers = await Promise.all(addresses.map((address) => wrong(address, 'somebody')))
      statuses.push(...answers.map(({ status }) => status))
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(30)
    expect(statuses.filter((status) => status === 429)).toHaveLength(10)
    expect((await tryPassword(api, new HttpBrowser())).status).toBe(200)
  })

  it('is forgiven by the right password, and seen in the audit log without what was typed [R68]', async () => {
    for (let count = 0; count < 9; count += 1) await wrong()
    const right = { 'x-forwarded-for': '192.0.2.1' }
    expect((await tryPassword(api, new HttpBrowser(), right)).status).toBe(200)
    expect((await wrong()).status).toBe(401)
    const { items } = await api.client.audit({ limit: 50 })
    expect(
      items.filter(({ data }) => data.outcome === 'denied' && data.rule === 'credentials-wrong').length,
    ).toBeGreaterThan(8)
    expect(items.find(({ type }) => type === 'dev.kaas.audit.sign-in')?.data).toMatchObject({ actor: 'administrator' })
    expect(JSON.stringify(items)).not.toContain('"wrong"')
  })

  it('cannot hide behind an address that nobody vouches for', async () => {
    const direct = await startPeople(database)
    const tries = Array.from({ length: 12 }, (_, index) =>
      tryPassword(direct, new HttpBrowser(), { password: 'wrong', 'x-forwarded-for': `203.0.113.${index}` }),
    )
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(2)
    await direct.close()
  })
})
