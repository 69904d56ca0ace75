// SPDX-License-Identifier: Apache-2.0
/** The command line signs in by a browser: only who is signed in can agree, once, and only for the code she sees. */
import { type IdentityProvider, startIdentityProvider, type TestDatabase } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestApi } from '../api/start-api.ts'
import { answerOf, POSTGRES, type SignedIn, signIn, startPeople } from './start-people.ts'

let company: IdentityProvider
let database: TestDatabase
let api: TestApi
let ada: SignedIn
beforeAll(async () => {
  await POSTGRES?.start()
  company = await startIdentityProvider()
  database = (await POSTGRES?.newDatabase()) as TestDatabase
  api = await startPeople(database, { providers: { company } })
  ada = await signIn(api, 'ada')
})
afterAll(async () => {
  await api.close()
  await Promise.all([company.stop(), POSTGRES?.stop()])
})

const post = (path: string, body?: unknown) =>
  answerOf(
    api.fetch(path, {
      token: null,
      method: 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }),
  )
const start = async () => {
  const { deviceCode, userCode, ...rest } = await post('/v1/device-sign-in')
  return { deviceCode: String(deviceCode), userCode: String(userCode), ...rest } as Record<string, unknown>
}
const confirm = (who: SignedIn, userCode: unknown, approve = true) =>
  who.call('/v1/device-sign-in/confirm', { method: 'POST', body: JSON.stringify({ userCode, approve }) })
const finish = (deviceCode: unknown) => post('/v1/device-sign-in/token', { deviceCode })

describe('the sign-in of the command line', () => {
  it('waits, is confirmed in the browser, and gets a token that acts as the person, once', async () => {
    const { deviceCode, userCode, verificationPath, intervalS, expiresInS } = await start()
    expect(userCode).toMatch(/^[B-Z]{4}-[B-Z]{4}$/)
    expect(verificationPath).toBe(`/device?code=${userCode}`)
    expect([intervalS, expiresInS]).toEqual([2, 600])
    expect(await finish(deviceCode)).toEqual({ status: 200, state: 'pending' })
    // As somebody types it.
    expect((await confirm(ada, String(userCode).toLowerCase().replace('-', ' '))).status).toBe(200)
    const granted = await finish(deviceCode)
    expect(granted).toMatchObject({ state: 'granted', person: 'ada' })
    const session = await answerOf(api.fetch('/v1/session', { token: String(granted.secret) }))
    expect(session).toMatchObject({ person: { name: 'ada', groups: ['orders-dev'] } })
    expect(await finish(deviceCode)).toMatchObject({ status: 401, code: 'sign-in-failed' })
    expect((await confirm(ada, userCode)).status).toBe(404)
    const { items } = await api.client.audit({ actor: 'ada', limit: 3 })
    const actions = items.map(({ data }) => data.action)
    expect(actions).toEqual(['create-token', 'confirm-device-sign-in', 'sign-in'])
  })

  it('works when the browser and the command line meet different control planes', async () => {
    const second = await startPeople(database, { providers: { company } })
    const { deviceCode, userCode } = await start()
    const grace = await signIn(second, 'grace')
    expect((await confirm(grace, userCode)).status).toBe(200)
    expect(await finish(deviceCode)).toMatchObject({ state: 'granted', person: 'grace' })
    await second.close()
  })

  it('is told when the person says no', async () => {
    const { deviceCode, userCode } = await start()
    expect((await confirm(ada, userCode, false)).status).toBe(200)
    expect(await finish(deviceCode)).toEqual({ status: 200, state: 'denied' })
  })

  it('is confirmed by nobody who is not signed in, or by another site in her name', async () => {
    const { deviceCode, userCode } = await start()
    expect((await post('/v1/device-sign-in/confirm', { userCode, approve: true })).status).toBe(401)
    const headers = { 'content-type': 'application/json', 'x-kaas-csrf': 'forged' }
    const forged = ada.call('/v1/device-sign-in/confirm', {
      method: 'POST',
      headers,
      body: JSON.stringify({ userCode, approve: true }),
    })
    expect((await forged).status).toBe(403)
    expect(await finish(deviceCode)).toMatchObject({ state: 'pending' })
  })

  it('gives nothing to who invents codes, and stops who tries many', async () => {
    expect(await finish('invented')).toMatchObject({ status: 401, code: 'sign-in-failed' })
    const edsger = await signIn(api, 'edsger')
    const statuses: number[] = []
    for (let count = 0; count < 12; count += 1) statuses.push((await confirm(edsger, 'BCDF-BCDF')).status)
    expect(statuses).toEqual([...Array(10).fill(404), 429, 429])
  })
})
