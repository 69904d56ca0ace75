// SPDX-License-Identifier: Apache-2.0
/** `kaas gitops init` on real repositories: what a platform begins with, and what a second run leaves alone. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePlatformProfile } from '@kaas/planner'
import { temporaryDirectory } from '@kaas/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { commandsIn } from '../test/guide-commands.ts'
import { recordedTerminal } from '../test/recorded-terminal.ts'
import { runCli } from './run-cli.ts'

const FLUX_URL = 'https://git.example.org/platform/tenants.git'
let folder: string
let bare: string
beforeEach(() => {
  folder = temporaryDirectory('gitops')
  bare = join(folder, 'tenants.git')
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', bare])
})

async function init(...args: string[]) {
  const terminal = recordedTerminal()
  const all = ['gitops', 'init', '--repo', bare, '--flux-url', FLUX_URL, ...args]
  const environment = { KAAS_HOME: folder, KAAS_API_URL: 'http://127.0.0.1:9' }
  const exit = await runCli(all, { terminal, environment, workingDirectory: folder, version: '1' })
  return { exit, ...terminal.written }
}

/** A clone as the operator has it, with a way to push what she changed. */
function clone() {
  const copy = join(folder, `clone-${readdirSync(folder).length}`)
  execFileSync('git', ['clone', '-q', bare, copy])
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org', ...args], {
      cwd: copy,
      encoding: 'utf8',
    })
  const read = (path: string) => readFileSync(join(copy, path), 'utf8')
  const push = (path: string, text: string | undefined) => {
    mkdirSync(join(copy, path, '..'), { recursive: true })
    if (text === undefined) rmSync(join(copy, path))
    else writeFileSync(join(copy, path), text)
    git('add', '-A')
    git('commit', '-q', '-m', 'Change by hand')
    git('push', '-q', 'origin', 'HEAD:main')
  }
  return { copy, git, read, push }
}

describe('a new repository of tenants', () => {
  it('has profile, components, charts, objects of Flux and a README, in one commit', async () => {
    const { exit, out, err } = await init(
      '--region',
      'us-east-1',
      '--domain',
      'kafka.shop.example',
      '--email',
      'ops@shop.example',
    )
    expect(out).toMatch(
      /created platform\.yaml\nwrote \d+ files below platform\/charts\/\n.*has it as commit [0-9a-f]{12} on main/s,
    )
    expect(exit).toBe(0)
    const { git, read, copy } = clone()
    expect(git('log', '--format=%s').trim()).toBe('Lay out the platform and its tenants')
    expect(parsePlatformProfile(parse(read('platform.yaml')))).toMatchObject({
      domain: 'kafka.shop.example',
      zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    })
    expect(parse(read('platform/release.yaml'))).toMatchObject({
      kind: 'HelmRelease',
      spec: {
        values: { domain: 'kafka.shop.example', aws: { region: 'us-east-1' }, certificates: { email: 'ops@shop.example' } },
      },
    })
    const flux = parseAllDocuments(read('flux/system.yaml')).map((each) => each.toJS())
    expect(flux[0]).toMatchObject({ kind: 'GitRepository', spec: { url: FLUX_URL, ref: { branch: 'main' } } })
    for (const { kind, spec } of flux.slice(1)) {
      expect(kind).toBe('Kustomization')
      expect(readdirSync(join(copy, spec.path)).some((name) => name.endsWith('.yaml'))).toBe(true)
    }
    expect(read('README.md')).toMatch(/flux install\n {4}kubectl apply -f flux\/system\.yaml\n/)
    const gate = /CancelHealthCheckOnNewRevision/
    expect(err, 'the next steps name the gate without which deletions wait').toMatch(gate)
    expect(read('README.md')).toMatch(gate)
    const release = parse(read('platform/release.yaml'))
    expect(existsSync(join(copy, release.spec.chart.spec.chart, 'Chart.yaml'))).toBe(true)
  })

  it('tells Flux of the Secret with its log-in when the repository is private', async () => {
    await init('--flux-secret', 'tenants-login')
    const { read } = clone()
    expect(parseAllDocuments(read('flux/system.yaml'))[0]?.toJS()).toMatchObject({
      spec: { secretRef: { name: 'tenants-login' } },
    })
    expect(read('README.md')).toContain(`flux create secret git tenants-login --url=${FLUX_URL}`)
  })

  it.each(['eks', 'kubeadm'])('with a flavour has the class of clusters as well: %s', async (flavour) => {
    expect(await init('--flavour', flavour, '--account', '210987654321')).toMatchObject({ exit: 0 })
    const { read, copy } = clone()
    expect(parsePlatformProfile(parse(read('platform.yaml'))).clusters).toMatchObject({ provider: 'aws', flavour })
    const classes = readdirSync(join(copy, 'infrastructure/classes/aws')).map((name) =>
      parse(read(`infrastructure/classes/aws/${name}`)),
    )
    expect(classes.map(({ kind }) => kind)).toContain('ClusterClass')
    const { components = {} } = parse(read('platform/release.yaml')).spec.values
    expect(components).toEqual(flavour === 'eks' ? { 'ack-eks-controller': { enabled: true } } : {})
    // Balancers reach pods of EKS by their addresses, and only machines where pods are in a tunnel.
    expect(read('platform.yaml')).toContain(`nlb-target-type: ${flavour === 'eks' ? 'ip' : 'instance'}`)
    expect(await init()).toMatchObject({ exit: 0, out: `${bare} unchanged\n` })
  })

  it('is listed and not made by --dry-run', async () => {
    const { exit, out } = await init('--dry-run')
    expect(out).toMatch(/would be created platform\.yaml\nwould be created platform\/charts\/cluster\/Chart\.yaml\n/)
    expect(exit).toBe(0)
    expect(execFileSync('git', ['for-each-ref'], { cwd: bare, encoding: 'utf8' })).toBe('')
  })

  it('can be rendered into at once: the profile fits the planner', async () => {
    for (const provider of ['aws', 'none']) {
      await init('--provider', provider)
      const { copy } = clone()
      mkdirSync(join(copy, 'tenants/shop'), { recursive: true })
      writeFileSync(
        join(copy, 'tenants/shop/tenant.yaml'),
        'apiVersion: kaas.dev/v1\nkind: Tenant\nmetadata: { name: shop }\nspec: { isolation: namespace, workload: { produce: 5MB/s, retention: 1d } }\n',
      )
      const terminal = recordedTerminal()
      const args = ['render', '-f', join(copy, 'tenants'), '--out', copy]
      const environment = { KAAS_HOME: folder }
      expect(await runCli(args, { terminal, environment, workingDirectory: folder, version: '1' })).toBe(0)
      rmSync(bare, { recursive: true })
      execFileSync('git', ['init', '-q', '--bare', '-b', 'main', bare])
    }
  })
})

it('the commands of the guide from an empty AWS account lay it out, and change nothing the second time', async () => {
  const commands = commandsIn('docs/guides/aws-from-zero.md').filter((command) => command.startsWith('gitops init'))
  expect(commands).toHaveLength(2)
  const outcomes = []
  for (const command of commands) {
    const own = [
      'gitops',
      'init',
      '--repo',
      '--credentials-file',
      'https://git.example.com/platform/tenants.git',
      'git-credentials',
    ]
    outcomes.push(await init(...command.split(' ').filter((word) => !own.includes(word))))
  }
  expect(outcomes).toMatchObject([{ exit: 0 }, { exit: 0, out: `${bare} unchanged\n` }])
  expect(parsePlatformProfile(parse(clone().read('platform.yaml')))).toMatchObject({ domain: 'kafka.example.com' })
})

describe('a second run', () => {
  it('says unchanged', async () => {
    await init()
    expect(await init()).toMatchObject({ exit: 0, out: `${bare} unchanged\n` })
  })

  it('leaves what is the operator’s, and mends what is ours', async () => {
    await init()
    const mine = clone()
    mine.push('platform.yaml', mine.read('platform.yaml').replace('kafka.example.org\n', 'kafka.mine.example\n'))
    mine.push('platform/release.yaml', `${mine.read('platform/release.yaml')}# mine\n`)
    mine.push('platform/charts/cluster/Chart.yaml', 'spoilt: true\n')
    mine.push('platform/charts/gone/Chart.yaml', 'of: an older kaas\n')
    mine.push('tenants/shop/tenant.yaml', 'mine: too\n')
    const { exit, out } = await init()
    expect(out).toMatch(/wrote 2 files below platform\/charts\/\n/)
    expect(exit).toBe(0)
    const { read, copy } = clone()
    expect(read('platform.yaml')).toContain('domain: kafka.mine.example')
    expect(read('platform/release.yaml')).toMatch(/# mine\n$/)
    expect(read('platform/charts/cluster/Chart.yaml')).toContain('name: cluster')
    expect(existsSync(join(copy, 'platform/charts/gone'))).toBe(false)
    expect(read('tenants/shop/tenant.yaml')).toBe('mine: too\n')
  })

  it('takes a profile that is given in place of the one that is there', async () => {
    await init()
    const platform = join(folder, 'mine.yaml')
    writeFileSync(
      platform,
      clone().read('platform.yaml').replace('domain: kafka.example.org', 'domain: kafka.given.example'),
    )
    expect(await init('--platform', platform)).toMatchObject({
      exit: 0,
      out: expect.stringContaining('changed platform.yaml'),
    })
    expect(clone().read('platform.yaml')).toContain('domain: kafka.given.example')
  })
})

describe('is refused with what to do, and nothing is pushed', () => {
  it.each([
    ['a profile with a fault', ['--platform', 'bad.yaml'], 2, /zones: /],
    ['a profile that is not there', ['--platform', 'absent.yaml'], 2, /absent\.yaml cannot be read/],
    ['a flavour without a cloud', ['--provider', 'none', '--flavour', 'eks'], 2, /no flavour eks without a cloud/],
    ['an address that Flux cannot fetch', ['--flux-url', '/srv/tenants.git'], 2, /Flux cannot fetch/],
    ['a key without known hosts', ['--ssh-key-file', 'key'], 2, /--known-hosts-file/],
    ['a repository that is not there', ['--repo', '/nowhere/tenants.git'], 10, /cannot be reached/],
  ])('%s', async (_, args, exit, message) => {
    writeFileSync(join(folder, 'bad.yaml'), 'domain: kafka.example.org\nzones: []\n')
    const ended = await init(...args.map((each) => (each === 'bad.yaml' ? join(folder, each) : each)))
    expect(ended.err).toMatch(message)
    expect(ended.exit).toBe(exit)
    expect(execFileSync('git', ['for-each-ref'], { cwd: bare, encoding: 'utf8' })).toBe('')
  })
})
