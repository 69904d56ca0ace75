// SPDX-License-Identifier: Apache-2.0
/** Finding the control plane from wherever the command is typed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findHome } from './home.ts'

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
    expect(findHome({}, join(folder, 'deep', 'er'))).toEqual({
      directory: join(folder, '.kaas'),
      api: 'http://127.0.0.1:18080',
      token: 'secret-token',
      kafka: 'localhost:19092',
      caFile: '/ca.pem',
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
