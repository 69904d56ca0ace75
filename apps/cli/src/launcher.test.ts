// SPDX-License-Identifier: Apache-2.0
/** `bin/kaas.js` on whichever Node a person has, installed or not. */
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const BINARY = join(import.meta.dirname, '../bin/kaas.js')
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
/** What a Node before 22.18 is like: it does not run TypeScript. */
const OLDER = '--no-experimental-strip-types'

const folder = mkdtempSync(join(tmpdir(), 'kaas-launcher-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the command starts', () => {
  it.each([[[]], [[OLDER]]])('with Node options %j', async (options) => {
    expect(await node([...options, BINARY, '--version'])).toEqual({ exit: 0, out: `${version}\n`, err: '' })
  })

  it('from an older Node with the same exit code', async () => {
    expect(await node([OLDER, BINARY, 'plam'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Did you mean plan?'),
    })
  })

  it.each([[[]], [[OLDER]]])('or says what to do when nothing is installed, with Node options %j', async (options) => {
    const copy = join(folder, 'apps/cli/bin')
    mkdirSync(copy, { recursive: true })
    copyFileSync(BINARY, join(copy, 'kaas.js'))
    const { exit, err } = await node([...options, join(copy, 'kaas.js'), 'get', 'tenants'])
    expect({ exit, err }).toEqual({
      exit: 10,
      err: expect.stringMatching(/^kaas is not installed completely yet: run "npm start"/),
    })
  })
})

function node(args: readonly string[]): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, (_, out, err) => resolve({ exit: child.exitCode ?? -1, out, err }))
  })
}
