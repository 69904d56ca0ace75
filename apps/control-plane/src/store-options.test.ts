// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '@kaas/configuration'
import { temporaryDirectory } from '@kaas/testkit'
import { describe, expect, it } from 'vitest'
import { CONTROL_PLANE_CONFIG } from './config.ts'
import { storeOptionsOf } from './store-options.ts'

const ADDRESS = 'postgres://kaas:hunter2hunter2@db.example.org/kaas'

function optionsWith(variables: (file: (text: string) => string) => Readonly<Record<string, string>>) {
  const folder = temporaryDirectory('store-options')
  let files = 0
  const file = (text: string) => {
    files += 1
    const path = join(folder, String(files))
    writeFileSync(path, text)
    return path
  }
  const secrets = { KAAS_TOKEN_FILE: '/t', KAAS_GATEWAY_TOKEN_FILE: '/g', KAAS_SECRETS_KEY_FILE: file('ab'.repeat(32)) }
  return storeOptionsOf(loadConfig(CONTROL_PLANE_CONFIG, { ...secrets, ...variables(file) }), {})
}

describe('the database that the configuration means', () => {
  it('is the one whose address a file holds, so that its password is in no environment', () => {
    const options = optionsWith((file) => ({ KAAS_DATABASE_URL_FILE: file(`${ADDRESS}\n`) }))
    expect(options).toMatchObject({ databaseUrl: ADDRESS })
  })

  it('is the embedded one when no address is given', () => {
    expect(optionsWith(() => ({}))).toMatchObject({ directory: expect.stringMatching(/\/database$/) })
  })

  it.each([
    [
      'two addresses',
      (file: (text: string) => string) => ({ KAAS_DATABASE_URL: ADDRESS, KAAS_DATABASE_URL_FILE: file(ADDRESS) }),
    ],
    ['a file with something else', (file: (text: string) => string) => ({ KAAS_DATABASE_URL_FILE: file('hunter2hunter2') })],
    ['a file that is not there', () => ({ KAAS_DATABASE_URL_FILE: '/nowhere/hunter2hunter2'.slice(0, 8) })],
  ])('is asked for again with what to do, and no password, for %s', (_, variables) => {
    let thrown: unknown
    try {
      optionsWith(variables)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code: 'config-invalid', help: expect.any(String) })
    expect(String(thrown)).not.toContain('hunter2')
  })
})
