// SPDX-License-Identifier: Apache-2.0
/** Bad input and a server that is away, as a person and as a program meet them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { recordedTerminal } from '../test/recorded-terminal.ts'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaas-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ORDER = ['--produce', '5MB/s', '--consume', '15MB/s', '--retention', '7d']

async function run(...args: string[]) {
  const terminal = recordedTerminal()
  // Port 9 (discard) on loopback: nothing of ours listens there.
  const environment = { KAAS_HOME: folder, KAAS_API_URL: 'http://127.0.0.1:9' }
  const exit = await runCli(args, { terminal, environment, workingDirectory: folder, version: '1.2.3' })
  return { exit, ...terminal.written }
}

describe('kaas alone and help', () => {
  it('prints what to try first', async () => {
    const { exit, out } = await run()
    expect(exit).toBe(0)
    expect(out).toMatch(/Try first:\n {2}kaas plan .*\n {2}kaas create tenant .*\n {2}kaas get tenants/)
  })

  it.each([[['--help']], [['create', '--help']], [['create', 'tenant', '--help']], [['help', 'plan']], [['--version']]])(
    '%j ends well',
    async (args) => {
      expect(await run(...args)).toMatchObject({ exit: 0, err: '' })
    },
  )
})

describe('a mistake is answered with a sentence and exit code 2', () => {
  it.each([
    ['an unknown command', ['plam'], /Unknown command 'plam'\.\nDid you mean plan\?/],
    ['an unknown option', ['plan', ...ORDER, '--produc', '1'], /Unknown option '--produc'\.\nDid you mean --produce\?/],
    ['a missing option', ['plan', '--produce', '5MB/s'], /--retention <duration>' not specified/],
    ['two readers', ['plan', ...ORDER, '--fan-out', '3'], /cannot be used with option '--fan-out/],
    ['a rate without unit', ['plan', '--produce', '5', '--retention', '7d'], /"5" is not a rate.*\nWrite it like 20MB\/s/],
    [
      'zero',
      ['create', 'tenant', 'a', '--produce', '0MB/s', '--retention', '7d'],
      /spec.workload.produce: .*more than zero/,
    ],
    ['a negative rate', ['plan', '--produce=-5MB/s', '--retention', '7d'], /more than zero/],
    ['10^18', ['plan', '--produce', '1000000000000000000B/s', '--retention', '7d'], /larger than can be counted/],
    ['a tenant with dots', ['create', 'tenant', 'a.b', ...ORDER], /"a.b" cannot name a tenant/],
    ['a tenant in capitals', ['create', 'tenant', 'Orders', ...ORDER], /"Orders" cannot name a tenant/],
    ['a tenant of 300 characters', ['create', 'tenant', 'x'.repeat(300), ...ORDER], /300 characters; at most 32/],
    ['a topic without tenant', ['create', 'topic', 'a'], /--tenant <name>' not specified/],
    ['no partitions', ['create', 'topic', 'a', '-t', 'b', '--partitions', '0'], /whole number above zero/],
    ['an unknown role', ['create', 'user', 'a', '-t', 'b', '--role', 'king'], /spec.roles.0/],
    ['an unknown format', ['connect', 'a', '--user', 'b', '--format', 'perl'], /Allowed choices are kcat, properties/],
    ['a label without value', ['create', 'tenant', 'a', ...ORDER, '--label', 'x'], /name=value/],
    ['a target without slash', ['wait', 'orders', '--for', 'Ready'], /Write kind and name with a slash/],
    [
      'an unknown condition',
      ['wait', 'tenant/a', '--for', 'Redy'],
      /Use one of Accepted, Planned, Provisioned, Ready, deleted/,
    ],
    ['a timeout without unit', ['wait', 'tenant/a', '--for', 'Ready', '--timeout', '5'], /not a duration/],
    ['one half of create', ['create'], /A word is missing/],
    ['one word too many', ['get', 'tenants', 'a', 'b'], /Too many arguments/],
    ['a file that is not there', ['apply', '-f', 'absent.yaml'], /absent.yaml cannot be read/],
  ])('%s', async (_, args, message) => {
    const { exit, err } = await run(...args)
    expect(err).toMatch(message)
    expect(err).not.toMatch(/\n\s+at /)
    expect(exit).toBe(2)
  })
})

describe('a control plane that is away', () => {
  it('is named with its address and what to do, exit code 10', async () => {
    const { exit, err } = await run('get', 'tenants')
    expect(exit).toBe(10)
    expect(err).toMatch(/^The control plane cannot be reached\. .*127\.0\.0\.1:9.*\nStart it with "npm start"/)
  })

  it('is one problem document on standard error for programs', async () => {
    const { exit, out, err } = await run('get', 'tenants', '-o', 'json')
    expect({ exit, out }).toEqual({ exit: 10, out: '' })
    expect(JSON.parse(err)).toMatchObject({
      code: 'api-unavailable',
      status: 503,
      help: expect.stringContaining('npm start'),
    })
  })

  it('usage errors are problem documents for programs as well', async () => {
    const { err } = await run('plan', '--produce', '5', '--retention', '7d', '--output=json')
    expect(JSON.parse(err)).toMatchObject({ code: 'quantity-invalid', fields: [{ path: 'spec.workload.produce' }] })
  })
})
