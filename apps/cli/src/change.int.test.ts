// SPDX-License-Identifier: Apache-2.0
/** `kaas edit`, `scale`, `manage` and `plan -f` against a real control plane and real Git: a person sees what a change does before it is made. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commandsIn, ROOT } from '../test/guide-commands.ts'
import { type HomeControlPlane, startHomeControlPlane } from '../test/home-control-plane.ts'
import { recordedTerminal } from '../test/recorded-terminal.ts'
import { runCli } from './run-cli.ts'

const PLATFORM = `domain: kafka.example.org
storageClass: gp3
kafkaVersion: 4.3.1
metadataVersion: 4.3-IV0
zones: [a, b, c]
issuer: { name: letsencrypt }
external: { type: loadbalancer }
people: { issuer: 'https://id.example.org', clientId: kubernetes, server: 'https://kubernetes.example.org' }
tieredStorage: { className: io.example.Storage, classPath: /opt/plugin/* }
`
let plane: HomeControlPlane
let bare: string
beforeAll(async () => {
  const folder = temporaryDirectory('tenants')
  bare = join(temporaryDirectory('bare'), 'tenants.git')
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org', ...args], { cwd: folder, stdio: 'pipe' })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'platform.yaml'), PLATFORM)
  git('init', '-q', '-b', 'main')
  git('add', '.')
  git('commit', '-q', '-m', 'Offer a platform')
  git('clone', '-q', '--bare', folder, bare)
  plane = await startHomeControlPlane({ KAAS_GIT_URL: bare })
  const order = ['--isolation', 'namespace', '--produce', '20MB/s', '--retention', '1d', '--no-wait']
  expect(await kaas({}, 'create', 'tenant', 'shop', ...order)).toMatchObject({ exit: 0, out: 'tenant/shop created\n' })
  expect(
    await kaas({}, 'create', 'tenant', 'small', '--produce', '1MB/s', '--fan-out', '3', '--retention', '1d', '--no-wait'),
  ).toMatchObject({ exit: 0 })
})
afterAll(() => plane?.stop())

async function kaas(terminalOptions: Parameters<typeof recordedTerminal>[0], ...args: string[]) {
  const terminal = recordedTerminal(terminalOptions)
  const exit = await runCli(args, {
    terminal,
    environment: { KAAS_HOME: plane.home },
    workingDirectory: plane.home,
    version: '1',
  })
  return { exit, ...terminal.written }
}
async function specOf(name: string): Promise<Record<string, unknown>> {
  const { spec } = JSON.parse((await kaas({}, 'get', 'tenant', name, '-o', 'json')).out)
  return spec
}

describe('kubeconfig', () => {
  it('prints what kubectl takes, for people, and no secret [R65]', async () => {
    const { exit, out } = await kaas({}, 'kubeconfig', 'shop')
    expect(exit).toBe(0)
    expect(parse(out)).toMatchObject({
      kind: 'Config',
      clusters: [{ cluster: { server: 'https://kubernetes.example.org' } }],
      contexts: [{ name: 'shop', context: { namespace: 'kaas-shop' } }],
      'current-context': 'shop',
    })
    expect(out).not.toMatch(/client-key|password|^ *token:/m)
  })

  it('says of a tenant without anything in Kubernetes what to do in place of it', async () => {
    const { exit, err } = await kaas({}, 'kubeconfig', 'small')
    expect(exit).toBe(9)
    expect(err).toMatch(/nothing of its own in Kubernetes.*kaas get topics/s)
  })
})

describe('scale', () => {
  it('shows what differs, what happens and what it costs, asks, and changes nothing on a no', async () => {
    const { exit, out, err } = await kaas({ answers: ['n'] }, 'scale', 'tenant', 'shop', '--produce', '200MB/s')
    expect(out).toMatch(/tenant\/shop would change\n {2}WHAT +NOW +THEN\n {2}produce +20MB\/s +200MB\/s/)
    expect(out).toMatch(/Costs about \$[\d,]+ a month now, \$[\d,]+ then/)
    expect(out).toMatch(/~ spec\.workload\.produce: 20MB\/s → 200MB\/s/)
    expect(err).toMatch(/Change tenant\/shop\? \[y\/N\] .*was not changed/s)
    expect(exit).toBe(12)
    expect(await specOf('shop')).toMatchObject({ workload: { produce: '20MB/s' } })
  })

  it('makes the change on a yes or with --yes, and what was not said stays', async () => {
    expect(await kaas({ answers: ['y'] }, 'scale', 'tenant', 'shop', '--produce', '40MB/s', '--no-wait')).toMatchObject({
      exit: 0,
    })
    expect(await kaas({}, 'scale', 'tenant', 'shop', '--consume', '80MB/s', '--yes', '--no-wait')).toMatchObject({ exit: 0 })
    expect(await specOf('shop')).toMatchObject({ workload: { produce: '40MB/s', consume: '80MB/s', retention: '1d' } })
  })

  it('keeps old records in object storage as soon as --local-retention says how long disks hold them', async () => {
    const workload = ['--produce', '20MB/s', '--retention', '30d', '--local-retention', '1d']
    expect((await kaas({}, 'plan', ...workload)).out).toContain('kept 30d, 1d of that on disks')
    const order = ['--isolation', 'namespace', ...workload, '--no-wait']
    expect(await kaas({}, 'create', 'tenant', 'archive', ...order)).toMatchObject({ exit: 0 })
    expect(await kaas({}, 'scale', 'tenant', 'archive', '--local-retention', '2d', '--yes', '--no-wait')).toMatchObject({
      exit: 0,
    })
    expect(await specOf('archive')).toMatchObject({ workload: { retention: '30d', localRetention: '2d' } })
  })

  it('takes --consume in place of a fan-out, for a virtual tenant as well', async () => {
    expect(await kaas({}, 'scale', 'tenant', 'small', '--consume', '2MB/s', '--yes', '--no-wait')).toMatchObject({ exit: 0 })
    expect(await specOf('small')).toMatchObject({ workload: { produce: '1MB/s', consume: '2MB/s' } })
    expect((await specOf('small')).workload).not.toHaveProperty('fanOut')
  })

  it('refuses disks that would shrink, with the sizes, and asks nothing', async () => {
    const { exit, err } = await kaas({ answers: ['y'] }, 'scale', 'tenant', 'shop', '--retention', '1h')
    expect(err).toMatch(/Disks cannot shrink\. .*GiB.*GiB/)
    expect(err).not.toContain('[y/N]')
    expect(exit).toBe(7)
  })

  it.each([
    [
      'without a terminal and without --yes',
      ['scale', 'tenant', 'shop', '--produce', '50MB/s'],
      2,
      /Nobody can be asked.*\n.*--yes/,
    ],
    ['without a word about the workload', ['scale', 'tenant', 'shop'], 2, /not said what to change/],
    ['of a kind without workload', ['scale', 'user', 'app', '--produce', '1MB/s'], 2, /has no workload.*\n.*kaas edit user/],
    ['of a tenant that is not there', ['scale', 'tenant', 'nobody', '--produce', '1MB/s'], 5, /nobody/],
  ])('%s ends with what to do', async (_, args, exit, message) => {
    const ended = await kaas({}, ...args)
    expect(ended.err).toMatch(message)
    expect(ended.exit).toBe(exit)
  })
})

describe('edit', () => {
  it('brings an error back into the file as a comment, and makes the change when it is mended', async () => {
    let seen = ''
    const edits = [
      (text: string) => text.replace('retention: 1d', 'retention: soon'),
      (text: string) => {
        seen = text
        return text.replace('retention: soon', 'retention: 2d')
      },
    ]
    const { exit, out } = await kaas({ edits, answers: ['y'] }, 'edit', 'tenant', 'shop', '--no-wait')
    expect(seen).toMatch(
      /^#kaas It cannot be stored like this:\n[\s\S]*#kaas {3}spec\.workload\.retention: .*soon[\s\S]*\napiVersion: kaas\.dev\/v1\n/,
    )
    expect(out).toContain('~ spec.workload.retention: 1d → 2d')
    expect(exit).toBe(0)
    expect(await specOf('shop')).toMatchObject({ workload: { retention: '2d' } })
  })

  it('shows no status and nothing that only the server writes', async () => {
    let seen = ''
    await kaas(
      {
        edits: [
          (text) => {
            seen = text
            return text
          },
        ],
      },
      'edit',
      'tenant',
      'shop',
    )
    expect(seen).toMatch(/kind: Tenant\nmetadata:\n {2}name: shop\nspec:\n/)
    expect(seen).not.toMatch(/status:|generation|uid/)
  })

  it('keeps the text when the person gives up, and says where', async () => {
    const edits = [(text: string) => text.replace('retention: 2d', 'retention: soon')]
    const { exit, err } = await kaas({ edits, answers: ['y'] }, 'edit', 'tenant', 'shop')
    const file = /Your text is kept in (\S+);/.exec(err)?.[1] ?? ''
    expect(readFileSync(file, 'utf8')).toContain('retention: soon')
    expect(exit).toBe(12)
  })

  it('changes nothing when the file is left as it was, and keeps no file', async () => {
    const { exit, err } = await kaas({}, 'edit', 'tenant', 'shop')
    expect(err).toMatch(/as it was; nothing was changed/)
    expect(err).not.toContain('kept in')
    expect(exit).toBe(12)
  })

  it('refuses another name in the file: that would be another tenant', async () => {
    let seen = ''
    const edits = [
      (text: string) => text.replace('name: shop', 'name: bank'),
      (text: string) => {
        seen = text
        return text
      },
    ]
    expect(await kaas({ edits }, 'edit', 'tenant', 'shop')).toMatchObject({ exit: 12 })
    expect(seen).toContain('#kaas Kind, name and tenant cannot be changed here.')
  })
})

describe('plan -f', () => {
  it('says brokers and cost, and the difference to what runs', async () => {
    const file = join(plane.home, 'shop.yaml')
    const { out } = await kaas({}, 'get', 'tenant', 'shop', '-o', 'yaml')
    writeFileSync(file, out.replace('produce: 40MB/s', 'produce: 120MB/s'))
    const planned = await kaas({}, 'plan', '-f', file)
    expect(planned).toMatchObject({ exit: 0 })
    expect(planned.out).toMatch(
      /As an own cluster .*: \d+ brokers[\s\S]*tenant\/shop would change[\s\S]*produce +40MB\/s +120MB\/s/,
    )
    expect(await specOf('shop')).toMatchObject({ workload: { produce: '40MB/s' } })
  })
})

describe('manage', () => {
  it('hands a tenant to Git, where the API then refuses changes and names the file, and back', async () => {
    const handed = await kaas({}, 'manage', 'tenant', 'shop', '--by', 'git', '--yes', '--no-wait')
    expect(handed).toMatchObject({ exit: 0, err: expect.stringContaining('tenants/shop/tenant.yaml') })
    const refused = await kaas({}, 'scale', 'tenant', 'shop', '--produce', '60MB/s', '--yes')
    expect(refused).toMatchObject({ exit: 7, err: expect.stringMatching(/managed in Git.*tenants\/shop\/tenant\.yaml/s) })
    expect(await kaas({}, 'manage', 'tenant', 'shop', '--by', 'api', '--yes', '--no-wait')).toMatchObject({ exit: 0 })
    expect(await kaas({}, 'scale', 'tenant', 'shop', '--produce', '60MB/s', '--yes', '--no-wait')).toMatchObject({ exit: 0 })
  })
})

describe('waiting', () => {
  it('ends at once where no Kubernetes cluster is looked at, and says that the order is stored', async () => {
    const started = Date.now()
    const { exit, err } = await kaas({}, 'wait', 'tenant/shop', '--for', 'Ready')
    expect(err).toMatch(/KAAS_KUBECONFIG_FILE[\s\S]*ordered is stored[\s\S]*kaas describe/)
    expect(exit).toBe(9)
    expect(Date.now() - started).toBeLessThan(60_000)
  })

  it('that takes too long names the step and the command to wait on', async () => {
    // A virtual tenant, and no shared cluster to live on yet.
    const { exit, err } = await kaas({}, 'wait', 'tenant/small', '--for', 'deleted', '--timeout', '1s')
    expect(err).toMatch(/Last seen: [\s\S]*"kaas wait tenant\/small --for deleted --timeout 1h"/)
    expect(exit).toBe(11)
  })

  it('shows all steps in describe, and step, commit and management in the wide list', async () => {
    const described = await kaas({}, 'describe', 'tenant', 'shop')
    expect(described.out).toMatch(/Steps\n.*STEP[\s\S]*✓ {2}Git +done[\s\S]*Conditions\n/)
    const { out } = await kaas({}, 'get', 'tenants', '-o', 'wide')
    expect(out).toMatch(/STEP +ENDPOINT +BROKERS +COMMIT +MANAGEMENT/)
    expect(out).toMatch(/^shop .* \d+ +[0-9a-f]{8} +api/m)
  })
})

describe('a user of an own Kafka', () => {
  it('logs in by certificate unless told otherwise; of a shared one by password [R81]', async () => {
    const authenticationOf = async (tenant: string, name: string) =>
      JSON.parse((await kaas({}, 'get', 'user', name, '-t', tenant, '-o', 'json')).out).spec.authentication
    expect(await kaas({}, 'create', 'user', 'app', '-t', 'shop', '--no-wait')).toMatchObject({ exit: 0 })
    expect(
      await kaas({}, 'create', 'user', 'old', '-t', 'shop', '--authentication', 'scram-sha-512', '--no-wait'),
    ).toMatchObject({ exit: 0 })
    expect(await kaas({}, 'create', 'user', 'app', '-t', 'small', '--no-wait')).toMatchObject({ exit: 0 })
    expect([await authenticationOf('shop', 'app'), await authenticationOf('shop', 'old')]).toEqual(['tls', 'scram-sha-512'])
    expect(await authenticationOf('small', 'app')).toBe('scram-sha-512')
  })

  it('who brings a certificate or a token of another authority is told so', async () => {
    expect(await kaas({}, 'create', 'user', 'pki', '-t', 'small', '--authentication', 'tls', '--no-wait')).toMatchObject({
      exit: 0,
    })
    expect(await kaas({}, 'connect', 'small', '--user', 'pki')).toMatchObject({
      exit: 9,
      err: expect.stringMatching(/certificate of yours/),
    })
  })

  it('is told how to connect when it is known, and until then what is missing', async () => {
    const { exit, err } = await kaas({}, 'connect', 'shop', '--user', 'app')
    expect(err).toMatch(/looks at no Kubernetes cluster[\s\S]*KAAS_KUBECONFIG_FILE/)
    expect(exit).toBe(9)
  })
})

describe('delete', () => {
  it('says what becomes of the data before it asks: volumes of an own Kafka are kept', async () => {
    const own = await kaas({ answers: ['n'] }, 'delete', 'tenant', 'shop')
    expect(own.err).toMatch(/Delete tenant shop.* \(its volumes are kept until "kaas purge tenant shop"\)\? \[y\/N\]/)
    const virtual = await kaas({ answers: ['n'] }, 'delete', 'tenant', 'small')
    expect(virtual.err).toMatch(/Delete tenant small.* and its data for ever\? \[y\/N\]/)
  })
})

describe('purge', () => {
  it('asks for the name, and gives up nothing when it is another', async () => {
    expect(await kaas({ answers: ['shap'] }, 'purge', 'tenant', 'shop')).toMatchObject({
      exit: 12,
      err: expect.stringContaining('still kept'),
    })
    expect(await kaas({}, 'purge', 'tenant', 'shop')).toMatchObject({ exit: 2, err: expect.stringContaining('--yes') })
  })
})

it('the commands of the guide are taken: plan, order, topic, user, growth, the way of management', async () => {
  const file = join(plane.home, 'guide.yaml')
  const guide = readFileSync(join(ROOT, 'docs/guides/order-a-dedicated-kafka.md'), 'utf8')
  const document = /^ {4}apiVersion[\s\S]*?(?=\n\n)/m.exec(guide)?.[0].replace(/^ {4}/gm, '') ?? ''
  writeFileSync(file, document.replace('name: shop', 'name: guide'))
  const changing = /^(plan -f shop\.yaml$|create|scale|manage)/
  for (const command of commandsIn('docs/guides/order-a-dedicated-kafka.md').filter((each) => changing.test(each))) {
    const words = command.split(' ').map((word) => (word === 'shop' ? 'guide' : word === 'shop.yaml' ? file : word))
    const more = command.startsWith('create') ? ['--no-wait'] : command.startsWith('plan') ? [] : ['--yes', '--no-wait']
    expect([command, await kaas({}, ...words, ...more)]).toMatchObject([command, { exit: 0 }])
  }
  expect(await specOf('guide')).toMatchObject({ workload: { produce: '40MB/s' }, management: 'git' })
})

it('the repository is a real one: the order is a commit in it', async () => {
  expect(existsSync(join(bare, 'HEAD'))).toBe(true)
  const log = execFileSync('git', ['log', '--format=%s', 'main'], { cwd: bare, encoding: 'utf8' })
  expect(log).toMatch(/shop/)
})

it('a control plane that lost its database takes all of it over from that repository, and writes nothing new into it', async () => {
  const own = async (kind: string) => {
    const { out } = await kaas({}, 'get', kind, '-o', 'json')
    const items: { metadata: { name: string; tenant?: string } }[] = JSON.parse(out).items
    return items
      .map(({ metadata: { tenant = '', name } }) => `${tenant}/${name}`)
      .filter((name) => !/small/.test(name))
      .toSorted()
  }
  const document = (name: string) =>
    execFileSync('git', ['show', `main:tenants/${name}/tenant.yaml`], { cwd: bare, encoding: 'utf8' })
  const inGit = (name: string) => document(name).split('\n---\n').length - 1
  const all = { tenants: await own('tenants'), topics: await own('topics'), users: await own('users') }
  const children = all.topics.length + all.users.length
  const isWhole = () => inGit('shop') + inGit('guide') === children && document('guide').includes('management: git')
  await waitFor(isWhole, { what: 'all documents in Git, with their last change' })
  await plane.stop()
  const documents = [document('shop'), document('guide')]
  plane = await startHomeControlPlane({ KAAS_GIT_URL: bare })
  expect(await kaas({}, 'restore', '--from-git', bare)).toMatchObject({ exit: 0 })
  expect({ tenants: await own('tenants'), topics: await own('topics'), users: await own('users') }).toEqual(all)
  expect(await specOf('guide')).toMatchObject({ workload: { produce: '40MB/s' }, management: 'git' })
  const isSeen = async (name: string) => /✓ +Git/.test((await kaas({}, 'describe', 'tenant', name)).out)
  for (const name of ['shop', 'guide']) await waitFor(() => isSeen(name), { what: 'the look at Git' })
  expect([document('shop'), document('guide')]).toEqual(documents)
})
