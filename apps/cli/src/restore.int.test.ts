// SPDX-License-Identifier: Apache-2.0
/** `kaas restore --from-git` against real control planes that have nothing, and real Git: what an operator does after the loss of a database. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeKind } from '@kaas/http-contract'
import { temporaryDirectory } from '@kaas/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type HomeControlPlane, startHomeControlPlane } from '../test/home-control-plane.ts'
import { recordedTerminal } from '../test/recorded-terminal.ts'
import { runCli } from './run-cli.ts'

const document = (kind: string, name: string, spec: object, tenant?: string) =>
  JSON.stringify({ apiVersion: 'kaas.dev/v1', kind, metadata: { name, ...(tenant === undefined ? {} : { tenant }) }, spec })
const WORKLOAD = { produce: '1MB/s', retention: '1d' }
const SHOP = [
  document('User', 'app', { roles: ['admin'] }, 'shop'),
  document('Topic', 'orders', { partitions: 6 }, 'shop'),
  document('Tenant', 'shop', { team: 'web', workload: WORKLOAD }),
].join('\n---\n')

let plane: HomeControlPlane
let folder: string
beforeAll(async () => {
  plane = await startHomeControlPlane()
})
afterAll(() => plane?.stop())
beforeEach(async () => {
  folder = temporaryDirectory('tenants')
  write('tenants/shop/tenant.yaml', SHOP)
  write('tenants/shop/kafka/kafka-shop.yaml', 'kind: Kafka\n')
  write('tenants/bank/tenant.yaml', document('Tenant', 'bank', { workload: WORKLOAD }))
  write('teams/web.yaml', document('Team', 'web', { members: ['ada'] }))
  write('platform.yaml', 'domain: kafka.example.org\n')
})

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), `${text}\n`)
}

async function restore(from: string, ...more: string[]) {
  const terminal = recordedTerminal()
  const environment = { KAAS_HOME: plane.home }
  const args = ['restore', '--from-git', from, ...more]
  const exit = await runCli(args, { terminal, environment, workingDirectory: folder, version: '1' })
  return { exit, ...terminal.written }
}

async function emptyAgain(): Promise<void> {
  await plane.stop()
  plane = await startHomeControlPlane()
}

describe('an empty control plane takes over what Git says', () => {
  it('teams before tenants before topics and users, whatever the order of the files, and says unchanged the second time', async () => {
    const first = await restore(folder)
    expect(first).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/teams: +1 created\ntenants: +2 created\ntopics: +1 created\nusers: +1 created\n/),
    })
    expect(first.err).toMatch(/1 user has a new password, kept in .*credentials/)
    expect(first.out + first.err).not.toMatch(/password {3}/)
    expect(await restore(folder)).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/tenants: +2 unchanged\ntopics: +1 unchanged/),
    })
  })

  it('with its roles and who has them, and with policies that came after what is there', async () => {
    await emptyAgain()
    const rules = [{ verbs: ['read'], kinds: ['Topic'] }]
    write('roles/readers.yaml', document('Role', 'readers', { rules }))
    const spec = { role: 'readers', subjects: { people: ['ada'] }, scope: { tenant: 'shop' } }
    write('rolebindings/ada-reads.yaml', document('RoleBinding', 'ada-reads', spec))
    const never = {
      appliesTo: { kinds: ['Tenant'] },
      rules: [{ allowWhen: 'false', message: 'Nothing new any more.' }],
    }
    write('policies/nothing-new.yaml', document('Policy', 'nothing-new', never))
    expect(await restore(folder)).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/roles: +1 created\n[\s\S]*tenants: +2 created/),
    })
    const found = await plane.client.get({ kind: describeKind('RoleBinding'), name: 'ada-reads' })
    expect(found.spec).toMatchObject(spec)
    expect((await plane.client.list(describeKind('Policy'))).items).toHaveLength(1)
  })

  it('from the branch of a bare repository as from a folder', async () => {
    await emptyAgain()
    const bare = join(temporaryDirectory('bare'), 'tenants.git')
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org', ...args], {
        cwd: folder,
        stdio: 'pipe',
      })
    git('init', '-q', '-b', 'production')
    git('add', '.')
    git('commit', '-q', '-m', 'Order')
    git('clone', '-q', '--bare', folder, bare)
    expect(await restore(bare, '--branch', 'production')).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/tenants: +2 created/),
    })
    expect((await restore(bare, '--branch', 'main')).exit).not.toBe(0)
  })

  it('all but the document with a fault, which is named with its file', async () => {
    await emptyAgain()
    write('tenants/broken/tenant.yaml', document('Tenant', 'broken', { workload: { produce: 'fast' } }))
    write(
      'tenants/bank/tenant.yaml',
      [document('Tenant', 'bank', { workload: WORKLOAD }), document('Topic', 'x', { partitions: 99_999 }, 'bank')].join(
        '\n---\n',
      ),
    )
    const { exit, out, err } = await restore(folder)
    expect(err).toMatch(/^tenants\/broken\/tenant\.yaml, document 1: [\s\S]*"fast" is not a rate/)
    expect(err).toMatch(/topic\/x in bank: .*partitions/)
    expect(err).toMatch(/2 documents were not restored\./)
    expect(out).toMatch(/tenants: +2 created\ntopics: +1 created, 1 failed/)
    expect(exit).toBe(2)
  })
})

describe('a control plane that is not empty', () => {
  it('is refused while it has a tenant that Git does not know or knows otherwise, unless told to merge', async () => {
    await emptyAgain()
    await plane.client.put({ kind: tenants, name: 'other' }, JSON.parse(document('Tenant', 'other', { workload: WORKLOAD })))
    const refused = await restore(folder)
    expect(refused).toMatchObject({
      exit: 6,
      out: '',
      err: expect.stringMatching(/not empty: tenant other is not as Git says.*\n.*--merge/),
    })
    expect((await plane.client.list(tenants)).items).toHaveLength(1)
    expect(await restore(folder, '--dry-run', '--merge')).toMatchObject({ exit: 0, err: expect.stringContaining('Dry run') })
    expect(await restore(folder, '--merge')).toMatchObject({ exit: 0 })
    expect((await plane.client.list(tenants)).items.map(({ metadata }) => metadata.name).toSorted()).toEqual([
      'bank',
      'other',
      'shop',
    ])
  })
})

it.each([
  ['a folder without tenants', () => temporaryDirectory('empty'), 2, /There is no tenants\/<name>\/tenant\.yaml/],
  ['a repository that is not there', () => '/nowhere/tenants.git', 10, /cannot be reached|no repository/i],
])('%s is refused with what to do', async (_, from, exit, message) => {
  const ended = await restore(from())
  expect(ended.err).toMatch(message)
  expect(ended.exit).toBe(exit)
})

const tenants = { kind: 'Tenant', plural: 'tenants', singular: 'tenant', scope: 'platform' } as const
