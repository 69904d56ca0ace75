// SPDX-License-Identifier: Apache-2.0
/** `kaas plan -f` without a server: in a pipeline, or before there is a platform. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordedTerminal } from '../test/recorded-terminal.ts'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaas-plan-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TENANT = `apiVersion: kaas.dev/v1
kind: Tenant
metadata: { name: shop }
spec: { isolation: namespace, workload: { produce: 100MB/s, consume: 300MB/s, retention: 3d } }
`
beforeAll(() => {
  const platform = [
    'domain: kafka.example.org',
    'storageClass: gp3',
    'kafkaVersion: 4.3.1',
    'metadataVersion: 4.3-IV0',
    'zones: [a, b, c]',
    'issuer: { name: letsencrypt }',
    'external: { type: loadbalancer }',
  ]
  writeFileSync(join(folder, 'platform.yaml'), `${platform.join('\n')}\n`)
  writeFileSync(join(folder, 'shop.yaml'), TENANT)
  writeFileSync(join(folder, 'huge.yaml'), TENANT.replace('100MB/s', '9PB/s').replace('300MB/s', '9PB/s'))
  writeFileSync(join(folder, 'virtual.yaml'), TENANT.replace('namespace', 'virtual'))
  writeFileSync(join(folder, 'zones.yaml'), TENANT.replace('workload', 'zones: 5, workload'))
  writeFileSync(
    join(folder, 'topic.yaml'),
    'apiVersion: kaas.dev/v1\nkind: Topic\nmetadata: { name: a, tenant: shop }\nspec: {}\n',
  )
})

async function plan(...args: string[]) {
  const terminal = recordedTerminal()
  const environment = { KAAS_HOME: folder, KAAS_API_URL: 'http://127.0.0.1:9' }
  const exit = await runCli(['plan', ...args], { terminal, environment, workingDirectory: folder, version: '1' })
  return { exit, ...terminal.written }
}
const file = (name: string) => join(folder, name)

it('says brokers, memory, disks, cost and the constraint that binds', async () => {
  const { exit, out } = await plan('-f', file('shop.yaml'), '--platform', file('platform.yaml'))
  expect(out).toMatch(/As an own cluster .*: \d+ brokers \S+\n {2}each: \d+ cores, .* memory .* disk/)
  expect(out).toMatch(/about \$[\d,]+ a month/)
  expect(out).toMatch(/Decides the number of brokers: \w+/)
  expect(exit).toBe(0)
})

it('as JSON is what the API answers, by tenant', async () => {
  const { out } = await plan('-f', file('shop.yaml'), '--platform', file('platform.yaml'), '-o', 'json')
  expect(JSON.parse(out)).toMatchObject({ items: [{ tenant: 'shop', plan: { kind: 'fits' }, change: { kind: 'create' } }] })
})

it.each([
  ['a workload no cluster holds', 'huge.yaml', 7, /No own cluster holds this workload/],
  ['more zones than the platform has', 'zones.yaml', 2, /asks for 5 zones; the platform has 3/],
  ['a virtual tenant', 'virtual.yaml', 2, /only the server knows what room/],
  ['a file without a tenant', 'topic.yaml', 2, /There is no Tenant/],
])('%s is refused with what to do', async (_, name, exit, message) => {
  const ended = await plan('-f', file(name), '--platform', file('platform.yaml'))
  expect(ended.err).toMatch(message)
  expect(ended.exit).toBe(exit)
})

it('names the server when it is asked and away, and the missing profile when it is not asked', async () => {
  expect(await plan('-f', file('shop.yaml'))).toMatchObject({ exit: 10 })
  const { exit, err } = await plan('-f', file('shop.yaml'), '--offline', '--platform', file('absent.yaml'))
  expect({ exit, err }).toMatchObject({
    exit: 2,
    err: expect.stringMatching(/platform profile .*absent\.yaml cannot be read/),
  })
})
