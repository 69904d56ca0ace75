// SPDX-License-Identifier: Apache-2.0
/** `kaas login` against a real control plane and a real identity provider, with a person who uses her browser. */
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HttpBrowser, type IdentityProvider, startIdentityProvider, temporaryDirectory } from '@kaas/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type HomeControlPlane, startHomeControlPlane } from '../test/home-control-plane.ts'
import { recordedTerminal } from '../test/recorded-terminal.ts'
import { runCli } from './run-cli.ts'

let company: IdentityProvider
let controlPlane: HomeControlPlane
let home: string
beforeAll(async () => {
  company = await startIdentityProvider()
  const folder = temporaryDirectory('sign-in')
  const clientSecretFile = join(folder, 'secret')
  writeFileSync(clientSecretFile, company.clientSecret)
  const { issuer, clientId } = company
  const provider = { id: 'company', name: 'Company', issuer, clientId, clientSecretFile }
  const scopes = ['openid', 'profile', 'email', 'groups']
  writeFileSync(join(folder, 'sign-in.json'), JSON.stringify({ providers: [{ ...provider, scopes }] }))
  controlPlane = await startHomeControlPlane({ KAAS_SIGN_IN_FILE: join(folder, 'sign-in.json') })
})
afterAll(() => Promise.all([controlPlane?.stop(), company?.stop()]))
beforeEach(() => {
  home = temporaryDirectory('person')
})

async function kaas(args: readonly string[], terminalOptions: Parameters<typeof recordedTerminal>[0] = {}) {
  const terminal = recordedTerminal(terminalOptions)
  const exit = await runCli(args, { terminal, environment: { HOME: home }, workingDirectory: home, version: '1' })
  return { exit, ...terminal.written }
}

/** What ada does when the address is shown in her browser. */
const agreeAs = (login: string, approve: boolean) => async (address: string) => {
  const browser = new HttpBrowser()
  await browser.signIn(`${controlPlane.url}/v1/sign-in/provider/company`, login)
  const { csrf } = (await (await browser.send(`${controlPlane.url}/v1/session`)).json()) as { csrf: string }
  const response = await browser.send(`${controlPlane.url}/v1/device-sign-in/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-kaas-csrf': csrf },
    body: JSON.stringify({ userCode: new URL(address).searchParams.get('code'), approve }),
  })
  if (response.status !== 200) throw new Error(await response.text())
}

const loginAs = (login: string) => kaas(['login', '--url', controlPlane.url], { browse: agreeAs(login, true) })

describe('kaas login', () => {
  it('shows address and code, waits for the browser, and is the person from then on', async () => {
    const { exit, out, err } = await loginAs('ada')
    expect({ exit, out }).toEqual({ exit: 0, out: `Signed in to ${controlPlane.url} as ada.\n` })
    expect(err).toMatch(/Open http:\/\/127\.0\.0\.1:\d+\/device\?code=([B-Z]{4}-[B-Z]{4})\nand agree .* \1\n/)
    expect(err + out).not.toContain('kaas_')
    expect(statSync(join(home, '.config', 'kaas', 'logins.json')).mode & 0o777).toBe(0o600)
    const who = await kaas(['whoami'])
    expect(who.out).toMatch(/Name: +ada \(Ada Lovelace\)\n/)
    expect(who.out).toMatch(/Groups: +orders-dev\nRoles: +none\n/)
    expect(await kaas(['whoami', '-o', 'name'])).toMatchObject({ exit: 0, out: 'ada\n' })
  })

  it('prints the address when there is no browser, also when none is wanted', async () => {
    const waiting = kaas(['login', '--url', controlPlane.url, '--no-browser'], {
      browse: () => Promise.reject(new Error('no')),
    })
    const answered = await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 500, 'waits'))])
    expect(answered).toBe('waits')
    // Nobody comes; the run is left behind and ends with the process.
    waiting.catch(() => undefined)
  })

  it('ends with a sentence when the person says no', async () => {
    const { exit, err } = await kaas(['login', '--url', controlPlane.url], { browse: agreeAs('ada', false) })
    expect(exit).toBe(3)
    expect(err).toContain('The answer in the browser was no.')
  })

  it('takes a token of a file or of standard input, after the server has said whose it is', async () => {
    const { secret } = await controlPlane.client.createToken({
      name: 'ci',
      kind: 'machine',
      role: 'team-viewer',
      scope: { team: 'default' },
      expiresIn: '1h',
    })
    const byInput = await kaas(['login', '--url', controlPlane.url, '--token-file', '-'], { input: `${secret}\n` })
    expect(byInput).toMatchObject({ exit: 0, out: expect.stringMatching(/ as token:[a-z0-9]{12}\.\n/) })
    expect((await kaas(['whoami'])).out).toMatch(/team-viewer in the team "default"/)
    const wrong = await kaas(['login', '--url', controlPlane.url, '--token-file', '-'], { input: 'kaas_wrong' })
    expect(wrong.exit).toBe(3)
    expect((await kaas(['login', '--token-file', join(home, 'none')])).exit).toBe(2)
  })

  it.each(['http://kaas.example.org', 'ftp://127.0.0.1', 'not an address'])('sends nothing to %s', async (url) => {
    expect(await kaas(['login', '--url', url])).toMatchObject({ exit: 2, out: '' })
  })
})

describe('kaas logout', () => {
  it('ends the token at the server, so that a copy of it is worth nothing', async () => {
    await loginAs('grace')
    const token = JSON.parse((await kaas(['whoami', '-o', 'json'])).out) as { person: { name: string } }
    expect(token.person.name).toBe('grace')
    expect(await kaas(['logout'])).toMatchObject({ exit: 0, out: `Signed out of ${controlPlane.url}.\n`, err: '' })
    const left = await controlPlane.client.listTokens(true)
    expect(left.filter(({ owner }) => owner === 'grace')).toEqual([])
    expect(await kaas(['logout', '--url', controlPlane.url])).toMatchObject({
      exit: 0,
      err: expect.stringContaining('There is no login of'),
    })
  })
})
