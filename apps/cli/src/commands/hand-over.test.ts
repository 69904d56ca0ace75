// SPDX-License-Identifier: Apache-2.0
/** A new password reaches its owner in every format of output, also when it cannot be kept. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordedTerminal } from '../../test/recorded-terminal.ts'
import { loadCredentials } from '../saved-credentials.ts'
import { createSession } from '../session.ts'
import { handOver } from './hand-over.ts'

const ISSUED = { id: '1', username: 'orders.app', password: 'secret-1', mechanism: 'SCRAM-SHA-512' } as const

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaas-hand-over-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a new password', () => {
  it('is shown and kept', () => {
    const written = handedOver('table', true)
    expect(written.out).toContain('password   secret-1\n')
    expect(written.err).toBe(
      'The password is shown this once. It is kept in credentials/orders.app (only you can read it).\n',
    )
    expect(loadCredentials(folder, 'orders.app')?.password).toBe('secret-1')
  })

  it('is not kept when told so', () => {
    expect(handedOver('table', false).err).toContain('It is not kept here.')
    expect(loadCredentials(folder, 'orders.app')).toBeUndefined()
  })

  it('is shown even when it cannot be kept, with the reason', () => {
    writeFileSync(join(folder, 'credentials'), 'a file in the way')
    const written = handedOver('table', true)
    expect(written.out).toContain('secret-1')
    expect(written.err).toMatch(/could not be kept in .*: E[A-Z]+/)
  })

  it('is on standard error when output is a name only and it was not kept', () => {
    expect(handedOver('name', false)).toMatchObject({ out: '', err: expect.stringContaining('secret-1') })
    expect(handedOver('name', true)).toEqual({ out: '', err: '' })
  })

  it('is left to the answer with yaml and json', () => {
    expect(handedOver('json', true)).toEqual({ out: '', err: '' })
    expect(loadCredentials(folder, 'orders.app')?.password).toBe('secret-1')
  })
})

function handedOver(output: 'table' | 'json' | 'name', save: boolean) {
  const terminal = recordedTerminal()
  const home = {
    directory: folder,
    api: 'http://127.0.0.1:9',
    token: undefined,
    kafka: undefined,
    caFile: undefined,
    loginsFile: '',
  }
  handOver(createSession(terminal, home, folder), ISSUED, { output, save })
  return terminal.written
}
