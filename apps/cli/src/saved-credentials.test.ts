// SPDX-License-Identifier: Apache-2.0
/** Kept passwords: for their owner only, complete or absent, forgotten with their user. */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgetCredentials, loadCredentials, saveCredentials } from './saved-credentials.ts'

const APP = { username: 'orders.app', password: 'p', mechanism: 'SCRAM-SHA-512' } as const

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaas-saved-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a password that is kept', () => {
  it('can be read by its owner only and comes back, the newest winning', () => {
    saveCredentials(folder, { ...APP, password: 'old' })
    const file = saveCredentials(folder, APP)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'credentials')).mode & 0o777).toBe(0o700)
    expect(loadCredentials(folder, 'orders.app')).toEqual(APP)
    expect(readdirSync(join(folder, 'credentials'))).toEqual(['orders.app'])
  })

  it('is gone with its user or its tenant, and no other is', () => {
    const all = ['orders.app', 'orders.web', 'orders-2.app'].map((username) => ({ ...APP, username }))
    for (const each of all) saveCredentials(folder, each)
    forgetCredentials(folder, 'orders', 'web')
    expect(readdirSync(join(folder, 'credentials')).sort()).toEqual(['orders-2.app', 'orders.app'])
    forgetCredentials(folder, 'orders')
    expect(readdirSync(join(folder, 'credentials'))).toEqual(['orders-2.app'])
  })

  it('counts as absent when the file is of another making, or there is none', () => {
    expect(loadCredentials(folder, 'orders.app')).toBeUndefined()
    writeFileSync(saveCredentials(folder, APP), '{"password": 5}')
    expect(loadCredentials(folder, 'orders.app')).toBeUndefined()
    forgetCredentials(folder, 'nobody')
  })
})
