// SPDX-License-Identifier: Apache-2.0
/** Finding the control plane from wherever the command is typed. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findHome } from './home.ts'
import { forgetLogin, loginsFile, saveLogin } from './logins.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaas-home-'))
  mkdirSync(join(folder, '.kaas'))
  mkdirSync(join(folder, 'deep', 'er'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the home folder', () => {
  it('is found from a folder below, with what local mode wrote there', () => {
    save('token', 'secret-token\n')
    save('ca.pem', 'PEM')
    save(
      'endpoints.json',
      JSON.stringify({ api: 'http://127.0.0.1:18080/', kafka: 'localhost:19092', caFile: '/ca.pem', pid: 1 }),
    )
    expect(findHome({ HOME: folder }, join(folder, 'deep', 'er'))).toEqual({
      directory: join(folder, '.kaas'),
      api: 'http://127.0.0.1:18080',
      token: 'secret-token',
      kafka: 'localhost:19092',
      caFile: '/ca.pem',
      loginsFile: join(folder, '.config', 'kaas', 'logins.json'),
    })
  })

  it('is the one that KAAS_HOME names, and variables win over its files', () => {
    save('token', 'other')
    save('mine', 'my-token')
    const environment = {
      KAAS_HOME: join(folder, '.kaas'),
      KAAS_API_URL: 'https://kaas.example.com',
      KAAS_TOKEN_FILE: join(folder, '.kaas', 'mine'),
    }
    expect(findHome(environment, tmpdir())).toMatchObject({ api: 'https://kaas.example.com', token: 'my-token' })
  })

  it('without any file leads to the default address, without a token', () => {
    expect(findHome({}, join(folder, 'deep'))).toMatchObject({
      api: 'http://127.0.0.1:8080',
      token: undefined,
      kafka: undefined,
    })
  })

  it('without a folder leads to where somebody logged in last, and with one to the folder’s own', () => {
    const login = { token: 'kaas_of_ada', person: 'ada' }
    const environment = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') }
    saveLogin(loginsFile(environment), 'https://kaas.example', login)
    expect(findHome(environment, tmpdir())).toMatchObject({ api: 'https://kaas.example', token: 'kaas_of_ada' })
    save('token', 'local')
    save('endpoints.json', JSON.stringify({ api: 'http://127.0.0.1:18080' }))
    expect(findHome(environment, folder)).toMatchObject({ api: 'http://127.0.0.1:18080', token: 'local' })
    const there = { ...environment, KAAS_API_URL: 'https://kaas.example/' }
    expect(findHome(there, folder)).toMatchObject({ api: 'https://kaas.example', token: 'kaas_of_ada' })
  })

  it('sends the token of a login to its own server only, and never the folder’s in its place', () => {
    const environment = { HOME: folder }
    saveLogin(loginsFile(environment), 'https://kaas.example', { token: 'kaas_of_ada', person: 'ada' })
    expect(findHome({ ...environment, KAAS_API_URL: 'https://other.example' }, tmpdir()).token).toBeUndefined()
    forgetLogin(loginsFile(environment), 'https://kaas.example')
    expect(findHome(environment, tmpdir())).toMatchObject({ api: 'http://127.0.0.1:8080', token: undefined })
  })

  it('keeps logins for the eyes of their owner, and bears a file of another making', () => {
    const file = loginsFile({ HOME: folder })
    saveLogin(file, 'https://kaas.example', { token: 't', person: 'ada' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    for (const broken of ['', '{', '[]', '{"servers":{"a":1}}']) {
      writeFileSync(file, broken)
      expect(findHome({ HOME: folder }, tmpdir()).token).toBeUndefined()
    }
  })

  it('with a broken list of endpoints says which file it is', () => {
    save('endpoints.json', '{')
    expect(() => findHome({}, folder)).toThrow(/endpoints.json is not readable/)
  })

  it('with a token file that is not there says so', () => {
    expect(() => findHome({ KAAS_TOKEN_FILE: join(folder, 'none') }, folder)).toThrow(/none cannot be read/)
  })
})

function save(name: string, text: string): void {
  writeFileSync(join(folder, '.kaas', name), text)
}
