// SPDX-License-Identifier: Apache-2.0
/** Two control planes as processes behind one address, on one PostgreSQL, with the console: a person does not notice which one she meets. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ControlPlaneProcess,
  HttpBrowser,
  type IdentityProvider,
  newInstallation,
  type Postgres,
  startControlPlane,
  startIdentityProvider,
  startPostgres,
  waitFor,
} from '@kaas/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Balancer, startBalancer } from './balancer.ts'
import { answerOf, signedIn } from './start-people.ts'

let company: IdentityProvider
let postgres: Postgres
let planes: readonly ControlPlaneProcess[]
let front: Balancer

beforeAll(async () => {
  ;[company, postgres] = await Promise.all([startIdentityProvider(), startPostgres()])
  const installation = newInstallation()
  const write = (name: string, text: string) => {
    writeFileSync(join(installation.directory, name), text, { mode: 0o600 })
    return join(installation.directory, name)
  }
  mkdirSync(join(installation.directory, 'console'))
  write('console/index.html', '<!doctype html><title>KaaS</title>')
  write('client-secret', company.clientSecret)
  const provider = {
    id: 'company',
    name: 'Company',
    issuer: company.issuer,
    clientId: company.clientId,
    clientSecretFile: 'client-secret',
    scopes: ['openid', 'profile', 'email', 'groups'],
  }
  const env = {
    KAAS_DATABASE_URL: await postgres.createDatabase('two_consoles'),
    KAAS_SIGN_IN_FILE: write('sign-in.yaml', JSON.stringify({ providers: [provider] })),
    KAAS_CONSOLE_DIR: join(installation.directory, 'console'),
  }
  const first = await startControlPlane(installation, env)
  planes = [first, await startControlPlane(installation, env)]
  front = await startBalancer(planes.map(({ url }) => url))
})

afterAll(async () => {
  await front?.stop()
  await Promise.all((planes ?? []).map((each) => each.kill('SIGTERM')))
  await Promise.all([company?.stop(), postgres?.stop()])
})

it('a sign-in that one console began the other one ends, and the session goes on when that one is killed [R138]', async () => {
  const browser = new HttpBrowser()
  const page = await browser.open(`${front.url}/v1/sign-in/provider/company?returnTo=/tenants`)
  const form = new URLSearchParams({ login: 'ada', password: 'ada-password' })
  const back = await browser.open(page.url, { form, until: `${front.url}/` })
  const { url } = await browser.open(back.url, { until: `${front.url}/tenants` })
  expect(url).toBe(`${front.url}/tenants`)
  const path = '/v1/sign-in/provider/company'
  expect(front.answered).toEqual([`GET ${path} 0`, `GET ${path}/callback 1`])

  const ada = await signedIn(front, browser)
  await planes[1]?.kill('SIGKILL')
  const seen = front.answered.length
  expect(await answerOf(ada.call('/v1/session'))).toMatchObject({ status: 200, person: { name: 'ada' } })
  expect(await (await ada.call('/tenants')).text()).toContain('<title>KaaS</title>')
  const token = { name: 'ci', kind: 'personal', role: 'team-viewer', scope: 'platform', expiresIn: '1d' }
  const made = await answerOf(ada.call('/v1/tokens', { method: 'POST', body: JSON.stringify(token) }))
  expect(made).toMatchObject({ status: 201 })
  expect(front.answered.slice(seen).every((line) => line.endsWith(' 0'))).toBe(true)
})

it('whoever comes while one console is away signs in at the other one, and what follows live goes on there [R138]', async () => {
  const browser = new HttpBrowser()
  const { url } = await browser.signIn(`${front.url}/v1/sign-in/provider/company?returnTo=/tenants`, 'grace')
  expect(url).toBe(`${front.url}/tenants`)
  const grace = await signedIn(front, browser)
  const stream = await grace.call('/v1/events')
  expect(stream.status).toBe(200)
  await stream.body?.cancel()
  await waitFor(async () => (await fetch(`${front.url}/readyz`)).ok, { what: 'the address to be ready' })
})
