// SPDX-License-Identifier: Apache-2.0
/** The commands of the README, in their order, by the real binary against the running product and a real Kafka. */
import { spawn } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Product, startProduct, temporaryDirectory } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BINARY, type Ended, kaasIn } from '../test/kaas-binary.ts'
import { recordedTerminal } from '../test/recorded-terminal.ts'
import { runCli } from './run-cli.ts'

const ORDER = ['--produce', '5MB/s', '--consume', '15MB/s', '--retention', '7d']
const EXAMPLE = join(import.meta.dirname, '../../../examples/orders.yaml')

let product: Product
let folder: string
let kaas: ReturnType<typeof kaasIn>

beforeAll(async () => {
  product = await startProduct()
  folder = temporaryDirectory('cli')
  kaas = kaasIn(product.stateDirectory, folder)
})
afterAll(() => product?.stop())

describe('an order from the first question to the last record', () => {
  it('says what one would get, and which constraint binds', async () => {
    expect(await kaas(['get', 'tenants'])).toEqual({ exit: 0, out: '', err: 'There are no tenants.\n' })
    const { exit, out } = await kaas(['plan', ...ORDER])
    expect(exit).toBe(0)
    expect(out).toMatch(/On the shared cluster "local" .*: fits/)
    expect(out).toMatch(/Binds first: /)
    expect(out).toMatch(/As an own cluster .*: 3 brokers/)
    expect((await kaas(['get', 'tenants'])).out).toBe('')
  })

  it('makes tenant, topic and user, each ready when its command ends', async () => {
    expect(await kaas(['create', 'tenant', 'orders', ...ORDER])).toMatchObject({
      exit: 0,
      out: 'tenant/orders created\ntenant/orders is ready\n',
    })
    expect(await kaas(['create', 'topic', 'payments', '--tenant', 'orders', '--partitions', '6'])).toMatchObject({
      exit: 0,
      out: 'topic/payments in orders created\ntopic/payments is ready\n',
    })
    const user = await kaas(['create', 'user', 'app', '--tenant', 'orders', '--role', 'admin'])
    expect(user).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/user\/app in orders created\n {2}user name {2}orders\.app\n {2}password/),
    })
    const file = join(product.stateDirectory, 'credentials', 'orders.app')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(user.out).toContain(JSON.parse(readFileSync(file, 'utf8')).password)
  })

  it('says unchanged when the same is ordered again, as words or as a document', async () => {
    expect((await kaas(['create', 'tenant', 'orders', ...ORDER])).out).toMatch(/^tenant\/orders unchanged\n/)
    const again = 'tenant/orders unchanged\ntopic/payments in orders unchanged\nuser/app in orders unchanged\n'
    expect(await kaas(['apply', '-f', EXAMPLE])).toEqual({ exit: 0, out: again, err: '' })
    expect(await kaas(['apply', '-f', '-'], { input: readFileSync(EXAMPLE, 'utf8') })).toMatchObject({ out: again })
    expect(await kaas(['diff', '-f', EXAMPLE])).toEqual({ exit: 0, out: '', err: '' })
  })

  it('shows a difference with exit code 3, and makes it when told', async () => {
    const changed = join(folder, 'orders.yaml')
    writeFileSync(changed, readFileSync(EXAMPLE, 'utf8').replace('partitions: 6', 'partitions: 9'))
    expect(await kaas(['diff', '-f', changed])).toMatchObject({
      exit: 3,
      out: 'Topic payments in orders would be updated\n  ~ spec.partitions: 6 → 9\n',
    })
    const { exit, out } = await kaas(['apply', '-f', changed, '--wait'])
    expect({ exit, out }).toMatchObject({
      exit: 0,
      out: expect.stringContaining('topic/payments in orders updated\n  ~ spec.partitions: 6 → 9'),
    })
    expect(JSON.parse((await kaas(['get', 'topic', 'payments', '-t', 'orders', '-o', 'json'])).out).spec.partitions).toBe(9)
  })

  it('lists, describes and waits', async () => {
    expect((await kaas(['get', 'tenants'])).out).toMatch(
      /^NAME +TEAM .*\norders +default +development +virtual +5MB\/s +15MB\/s +7d +True +/,
    )
    expect((await kaas(['get', 'topics', '-o', 'name'])).out).toBe('topic/payments\n')
    expect((await kaas(['get', 'users', '--tenant', 'orders'])).out).toMatch(
      /^NAME +AUTHENTICATION .*\napp +scram-sha-512 +admin +True/,
    )
    const described = await kaas(['describe', 'tenant', 'orders'])
    expect(described.out).toMatch(
      /Ready: +True[\s\S]*Conditions\n[\s\S]*Topics\n.*NAME[\s\S]*payments[\s\S]*Users\n[\s\S]*app/,
    )
    expect(await kaas(['wait', 'tenant/orders', '--for', 'Ready'])).toMatchObject({
      exit: 0,
      out: 'tenant/orders is Ready\n',
    })
    const copy = await kaas(['get', 'tenant', 'orders', '-o', 'yaml'])
    expect((await kaas(['apply', '-f', '-'], { input: copy.out })).out).toBe('tenant/orders unchanged\n')
  })

  it('tells what happens, from a given event on', async () => {
    const events = spawn(process.execPath, [BINARY, 'events', '--after', '0', '--tenant', 'orders'], {
      env: { ...process.env, KAAS_HOME: product.stateDirectory },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let seen = ''
    for await (const chunk of events.stdout.setEncoding('utf8')) {
      seen += chunk
      if (/topic\/payments in orders {2}updated/.test(seen)) break
    }
    events.kill()
    expect(seen).toMatch(/^\d{4}-.*Z {2}topic\/payments in orders {2}created/m)
  })

  it('gives a new password and keeps the one before valid', async () => {
    const before = passwordOf('orders', 'app')
    const { exit, out } = await kaas(['rotate', 'app', '--tenant', 'orders'])
    expect(exit).toBe(0)
    expect(passwordOf('orders', 'app')).not.toBe(before)
    expect(out).toContain(passwordOf('orders', 'app'))
  })
})

describe('what cannot be is refused with what to do', () => {
  it.each([
    [
      'a topic beyond the limit of its tenant',
      ['create', 'topic', 'big', '-t', 'orders', '--partitions', '500'],
      7,
      /limit/i,
    ],
    [
      'a retention beyond it',
      ['create', 'topic', 'old', '-t', 'orders', '--config', 'retention.ms=999999999999'],
      7,
      /retention/i,
    ],
    [
      'a workload no cluster can hold',
      ['plan', '--produce', '9PB/s', '--retention', '7d'],
      7,
      /The largest that an own cluster holds is/,
    ],
    [
      'another order of the same name',
      ['create', 'tenant', 'orders', '--produce', '1MB/s', '--retention', '7d'],
      6,
      /differs in spec.workload/,
    ],
    ['a topic of no tenant', ['create', 'topic', 'a', '-t', 'nobody'], 5, /nobody/],
    ['a tenant that is not there', ['get', 'tenant', 'nobody'], 5, /nobody/],
    ['an unknown kind', ['get', 'tenatns'], 2, /Did you mean tenants\?/],
    ['the user of another tenant', ['connect', 'orders', '--user', 'nobody'], 5, /nobody/],
  ])('%s', async (_, args, exit, message) => {
    expectRefusal(await kaas(args), exit, message)
  })

  it('an order that fits nowhere ends soon, and says the largest that fits', async () => {
    const ended = await kaas(['create', 'tenant', 'huge', '--produce', '9GB/s', '--retention', '7d'])
    expectRefusal(ended, 7, /Order at most /)
    await kaas(['delete', 'tenant', 'huge'])
  })

  it('a wrong token', async () => {
    const token = join(folder, 'token')
    writeFileSync(token, 'wrong')
    expectRefusal(await kaas(['get', 'tenants'], { env: { KAAS_TOKEN_FILE: token } }), 3, /credentials/i)
  })

  it('deleting what is protected, without its name again', async () => {
    const production = ['--environment', 'production', '--produce', '1MB/s', '--retention', '1d']
    expect((await kaas(['create', 'tenant', 'ledger', ...production])).exit).toBe(0)
    expectRefusal(await kaas(['delete', 'tenant', 'ledger', '--yes']), 7, /protect/i)
    expect(await kaas(['delete', 'tenant', 'ledger', '--confirm', 'ledger'])).toMatchObject({
      exit: 0,
      out: expect.stringContaining('tenant/ledger deleted'),
    })
  })
})

describe('a person at a terminal is asked before something is gone', () => {
  const typing = async (answers: readonly string[], ...args: string[]) => {
    const terminal = recordedTerminal({ answers })
    const environment = { KAAS_HOME: product.stateDirectory }
    const exit = await runCli(args, { terminal, environment, workingDirectory: folder, version: '0' })
    return { exit, ...terminal.written }
  }

  it('plainly, and no is the answer without one', async () => {
    const { exit, err } = await typing([''], 'delete', 'topic', 'payments', '--tenant', 'orders')
    expect(err).toMatch(/Delete topic payments and its data for ever\? \[y\/N\] .*was not deleted/s)
    expect(exit).toBe(12)
    expect((await kaas(['get', 'topics', '-o', 'name'])).out).toBe('topic/payments\n')
  })

  it('by its name when it is protected, and only the right name deletes it', async () => {
    const production = ['--environment', 'production', '--produce', '1MB/s', '--retention', '1d']
    expect((await kaas(['create', 'tenant', 'vault', ...production])).exit).toBe(0)
    expect(await typing(['vautl'], 'delete', 'tenant', 'vault')).toMatchObject({ exit: 12 })
    expect(await typing(['vault'], 'delete', 'tenant', 'vault')).toMatchObject({
      exit: 0,
      err: expect.stringContaining('Type its name to delete it'),
      out: expect.stringContaining('tenant/vault deleted'),
    })
  })
})

describe('the end of an order', () => {
  it('takes topics, users and kept passwords along', async () => {
    const { exit, out } = await kaas(['delete', 'tenant', 'orders'])
    expect({ exit, out }).toEqual({ exit: 0, out: 'tenant/orders deleted, with 1 topic and 1 user\n' })
    expectRefusal(await kaas(['get', 'tenant', 'orders']), 5, /orders/)
    expect(() => passwordOf('orders', 'app')).toThrow(/ENOENT/)
  })

  it('can be followed as events from the beginning', async () => {
    const seen: string[] = []
    const call = product.client.events({ after: 0, tenant: 'orders' })
    for await (const { kind, name, type } of call) {
      seen.push(`${kind}/${name} ${type}`)
      if (kind === 'Topic' && type === 'removed') break
    }
    expect(seen).toContain('Topic/payments created')
  })
})

function expectRefusal(ended: Ended, exit: number, message: RegExp): void {
  expect(ended.err).toMatch(message)
  expect(ended.err).not.toMatch(/\n\s+at /)
  expect(ended.exit).toBe(exit)
}

function passwordOf(tenant: string, user: string): string {
  return JSON.parse(readFileSync(join(product.stateDirectory, 'credentials', `${tenant}.${user}`), 'utf8')).password
}
