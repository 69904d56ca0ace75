// SPDX-License-Identifier: Apache-2.0
/** `kaas render` on real folders: what is written, what is left alone, and what is refused. No server is there. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { parse } from 'yaml'
import { recordedTerminal } from '../test/recorded-terminal.ts'
import { runCli } from './run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'kaas-render-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const PLATFORM = `domain: kafka.example.org
storageClass: gp3
kafkaVersion: 4.3.1
metadataVersion: 4.3-IV0
zones: [a, b, c]
issuer: { name: letsencrypt }
external: { type: tlsroute, gateway: { name: kafka, namespace: gateway } }
`
const TENANT = `# the shop
apiVersion: kaas.dev/v1
kind: Tenant
metadata: { name: shop }
spec:
  isolation: namespace
  workload: { produce: 5MB/s, retention: 7d } # peak
`
const TOPIC = `apiVersion: kaas.dev/v1
kind: Topic
metadata: { name: orders, tenant: shop }
spec: { partitions: 6 }
`
const USER = `apiVersion: kaas.dev/v1
kind: User
metadata: { name: web, tenant: shop }
spec: { authentication: tls, roles: [producer] }
`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(root, 'repo-'))
  writeFileSync(join(folder, 'platform.yaml'), PLATFORM)
  writeFileSync(join(folder, 'shop.yaml'), [TENANT, TOPIC, USER].join('---\n'))
})

async function render(...args: string[]) {
  const terminal = recordedTerminal()
  const exit = await runCli(['render', '--out', folder, ...args], {
    terminal,
    environment: { KAAS_HOME: folder, KAAS_API_URL: 'http://127.0.0.1:9' },
    workingDirectory: folder,
    version: '1',
  })
  return { exit, ...terminal.written }
}
const shop = () => join(folder, 'shop.yaml')
const tenants = () => join(folder, 'tenants')
const files = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()

it('writes the documents as they were written, the namespace, and a file for each object', async () => {
  expect(await render('-f', shop())).toMatchObject({ exit: 0, err: '' })
  expect(readFileSync(join(tenants(), 'shop/tenant.yaml'), 'utf8')).toBe([TENANT, TOPIC, USER].join('---\n'))
  expect(files()).toEqual(
    expect.arrayContaining([
      'namespaces/shop.yaml',
      'tenants/shop/kafka/kafka-shop.yaml',
      'tenants/shop/access/kafkauser-shop.web.yaml',
    ]),
  )
})

it('renders again from its own folder, and touches nothing that did not change', async () => {
  await render('-f', shop())
  const past = new Date(1_000_000_000_000)
  for (const name of files()) utimesSync(join(folder, name), past, past)
  expect(await render('-f', tenants())).toMatchObject({ exit: 0, out: '', err: '' })
  const written = files().filter((name) => statSync(join(folder, name)).mtimeMs !== past.getTime())
  expect(written).toEqual([])
})

it('removes the file of a topic that went, and no file of others', async () => {
  await render('-f', shop())
  mkdirSync(join(tenants(), 'bank'))
  writeFileSync(join(tenants(), 'bank/notes.yaml'), 'mine: true\n')
  writeFileSync(join(tenants(), 'shop/notes.yaml'), 'mine: true\n')
  writeFileSync(shop(), [TENANT, USER].join('---\n'))
  const { out } = await render('-f', shop())
  expect(out).toBe(
    'removed tenants/shop/access/kafkatopic-orders.yaml\nchanged tenants/shop/access/kustomization.yaml\nchanged tenants/shop/tenant.yaml\n',
  )
  expect(files()).toEqual(expect.arrayContaining(['tenants/bank/notes.yaml', 'tenants/shop/notes.yaml']))
})

it('with --check writes nothing and ends with 3 when files differ', async () => {
  const before = files()
  expect(await render('-f', shop(), '--check')).toMatchObject({ exit: 3, out: expect.stringContaining('would be created ') })
  expect(files()).toEqual(before)
  await render('-f', shop())
  expect(await render('-f', shop(), '--check')).toMatchObject({ exit: 0, out: '' })
})

it('says what is left of a tenant whose document is gone, and removes it only when told, data excepted', async () => {
  await render('-f', shop())
  writeFileSync(join(folder, 'bank.yaml'), TENANT.replace('name: shop', 'name: bank'))
  rmSync(join(tenants(), 'shop/tenant.yaml'))
  const before = files()
  const told = await render('-f', join(folder, 'bank.yaml'))
  expect(told.err).toMatch(
    /^Tenant shop has no tenant\.yaml\. \d+ files are left of it; --prune removes them\. .*kafka-shop\.yaml.* hold data/,
  )
  expect(files()).toEqual(expect.arrayContaining(before))
  expect(await render('-f', join(folder, 'bank.yaml'), '--check')).toMatchObject({ exit: 3 })

  const { out } = await render('-f', join(folder, 'bank.yaml'), '--prune')
  expect(out).toContain('removed tenants/shop/access/kafkauser-shop.web.yaml\n')
  expect(out).toContain('changed tenants/shop/kafka/kustomization.yaml\n')
  const left = files().filter((name) => name.includes('shop') && name.endsWith('.yaml') && name !== 'shop.yaml')
  for (const name of left.filter((each) => !each.endsWith('kustomization.yaml'))) {
    expect(readFileSync(join(folder, name), 'utf8')).toContain('kustomize.toolkit.fluxcd.io/prune: disabled')
  }
  const list = parse(readFileSync(join(tenants(), 'shop/kafka/kustomization.yaml'), 'utf8'))
  for (const each of list.resources) expect(left).toContain(`tenants/shop/kafka/${each}`)
  expect(await render('-f', join(folder, 'bank.yaml'), '--prune')).toMatchObject({ exit: 0, out: '' })
  expect(await render('-f', join(folder, 'bank.yaml'), '--check')).toMatchObject({ exit: 0, out: '' })
})

it('a virtual tenant is kept as it was written and needs no objects', async () => {
  const virtual = TENANT.replace('isolation: namespace', 'isolation: virtual')
  writeFileSync(shop(), virtual)
  expect(await render('-f', shop())).toMatchObject({ exit: 0, out: 'created tenants/shop/tenant.yaml\n' })
  expect(readFileSync(join(tenants(), 'shop/tenant.yaml'), 'utf8')).toBe(virtual)
})

it.each([
  ['a missing platform profile', () => rmSync(join(folder, 'platform.yaml')), /platform profile .* cannot be read/],
  [
    'a profile without zones',
    () => writeFileSync(join(folder, 'platform.yaml'), 'zones: []\n'),
    /zones: .*domain|domain: .*zones/s,
  ],
  ['a topic without its tenant', () => writeFileSync(shop(), TOPIC), /no Tenant/],
  [
    'a topic of another tenant',
    () => writeFileSync(shop(), [TENANT, TOPIC.replace('shop', 'bank')].join('---\n')),
    /bank, which is not among/,
  ],
  [
    'more zones than the platform has',
    () => writeFileSync(shop(), TENANT.replace('isolation:', 'zones: 5\n  isolation:')),
    /asks for 5 zones; the platform has 3/,
  ],
  ['the tenant twice', () => writeFileSync(shop(), [TENANT, TENANT].join('---\n')), /stands twice/],
])('%s is refused with exit code 2, and nothing is written', async (_, spoil, message) => {
  spoil()
  const before = files()
  const { exit, err } = await render('-f', shop())
  expect(err).toMatch(message)
  expect({ exit, files: files() }).toEqual({ exit: 2, files: before })
})
