// SPDX-License-Identifier: Apache-2.0
/** `npm start` as a user meets it: a real Kafka, control plane and gateway, on ports and state of their own. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePorts, type Product, runProgram, startProduct, temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product?.stop())

test('a start prints where everything is, how long each part took and what to type next', () => {
  const output = product.output()
  expect(output).toMatch(/KaaS is ready after \d+\.\d s \(.*Kafka \d+\.\d s.*gateway \d+\.\d s/)
  for (const where of [product.api, product.kafka, product.health]) expect(output).toContain(where)
  expect(output).toContain('npx kaas create tenant orders --produce 5MB/s')
  expect(output).toContain('npx kaas connect orders --user app --format kcat')
})

test('the console is where the start says, for browsers that allow no script but its own', async () => {
  const page = await fetch(`${product.api}/tenants/any?tab=of-the-console`)
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
  const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? []
  expect((await fetch(`${product.api}${script}`)).headers.get('cache-control')).toContain('immutable')
})

test('who connects by the console is told the CA of the gateway, as the command line reads it', async () => {
  const tenant = { kind: 'Tenant', plural: 'tenants', singular: 'tenant', scope: 'platform' } as const
  const user = { kind: 'User', plural: 'users', singular: 'user', scope: 'tenant' } as const
  const api = { apiVersion: 'kaas.dev/v1' }
  const spec = { workload: { produce: '1MB/s', retention: '1d' } }
  await product.client.put(
    { kind: tenant, name: 'reached' },
    { ...api, kind: 'Tenant', metadata: { name: 'reached' }, spec },
  )
  const metadata = { name: 'app', tenant: 'reached' }
  await product.client.put({ kind: user, name: 'app', tenant: 'reached' }, { ...api, kind: 'User', metadata, spec: {} })
  const { caPem, bootstrap } = await product.client.connection('reached', 'app')
  expect(caPem).toBe(readFileSync(join(product.stateDirectory, 'ca.pem'), 'utf8'))
  expect(bootstrap).toBe(product.kafka)
})

test('tenants with a Kafka of their own have a repository, with a platform to plan for', () => {
  const folder = join(product.stateDirectory, 'tenants.git')
  expect(product.output()).toContain(folder)
  expect(onBranch(folder, 'show', 'main:platform.yaml')).toContain('domain: kafka.localhost')
})

test('an order for a Kafka of its own becomes files in that repository', async () => {
  const kind = { kind: 'Tenant', plural: 'tenants', singular: 'tenant', scope: 'platform' } as const
  const workload = { produce: '5MB/s', consume: '15MB/s', retention: '1d' }
  const spec = { isolation: 'namespace', environment: 'development', workload }
  await product.client.put(
    { kind, name: 'shop' },
    { apiVersion: 'kaas.dev/v1', kind: 'Tenant', metadata: { name: 'shop' }, spec },
  )
  const folder = join(product.stateDirectory, 'tenants.git')
  const files = () => onBranch(folder, 'ls-tree', '-r', '--name-only', 'main').split('\n')
  await waitFor(() => files().includes('tenants/shop/tenant.yaml'), { what: 'the files of the tenant' })
  expect(files()).toEqual(expect.arrayContaining(['namespaces/shop.yaml', 'tenants/shop/kafka/kafka-shop.yaml']))
  expect(onBranch(folder, 'log', '-1', '--format=%(trailers:key=KaaS-Tenant,valueonly)', '--', 'tenants/shop')).toBe('shop')
})

test('the cluster is known to the control plane and ready for tenants', async () => {
  const kind = { kind: 'KafkaCluster', plural: 'kafkaclusters', singular: 'kafkacluster', scope: 'platform' } as const
  await waitFor(
    async () => {
      const { status } = await product.client.get({ kind, name: 'local' })
      return status?.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True')
    },
    { what: 'the cluster to be ready' },
  )
})

test('nothing in the state directory can be read by another user of the machine', () => {
  for (const entry of readdirSync(product.stateDirectory)) {
    const mode = statSync(join(product.stateDirectory, entry)).mode & 0o077
    expect(entry === 'endpoints.json' ? 0 : mode, entry).toBe(0)
  }
})

test('a second start on the same state is refused and names the first', async () => {
  const second = await runProgram(process.execPath, [MAIN], { env: { ...process.env, ...product.env }, allowFailure: true })
  expect(second.code).toBe(6)
  expect(second.stderr).toContain(`as process ${product.pid}`)
  expect(second.stderr).toContain('KAAS_STATE_DIR')
})

test('a busy port is named together with its variable, and nothing is started', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const env = { ...process.env, ...product.env, KAAS_STATE_DIR: temporaryDirectory('busy'), KAAS_KAFKA_PORT: port }
  const refused = await runProgram(process.execPath, [MAIN], { env, allowFailure: true })
  server.close()
  expect(refused.code).toBe(6)
  expect(refused.stderr).toContain(`${port} (Kafka clients)`)
  expect(refused.stderr).toContain('KAAS_KAFKA_PORT=')
  expect(refused.stderr).toContain('KAAS_API_PORT=')
})

test('without Java, one sentence names the package to install, and nothing is started', async () => {
  const env = { ...process.env, ...product.env, PATH: '/nowhere', KAAS_STATE_DIR: temporaryDirectory('bare') }
  const refused = await runProgram(process.execPath, [MAIN], { env, allowFailure: true })
  expect(refused.code).toBe(10)
  expect(refused.stderr).toContain('openjdk-17-jre-headless')
  expect(refused.stdout).toBe('')
})

test('a part that cannot start is shown with its last lines, and the others are stopped', async () => {
  const ports = await freePorts(8)
  const names = ['KAAS_API_PORT', 'KAAS_GATEWAY_HEALTH_PORT', 'KAAS_ENGINE_PORT', 'KAAS_KAFKA_PORT']
  const own = Object.fromEntries(names.map((name, index) => [name, String(ports[index * 2])]))
  const state = temporaryDirectory('no-database')
  const env = {
    ...process.env,
    ...own,
    KAAS_STATE_DIR: state,
    KAAS_DATABASE_URL: `postgres://kaas@127.0.0.1:${ports[7]}/kaas`,
  }
  const failed = await runProgram(process.execPath, [MAIN], { env, allowFailure: true })
  expect(failed.code).toBe(10)
  expect(failed.stderr).toContain('The control plane ended with code')
  expect(failed.stderr).toContain('database')
  expect(failed.stderr).toContain(join(state, 'logs', 'control-plane.log'))
  expect(processesOn(state)).toEqual([])
})

test('every problem of the configuration is named at once', async () => {
  const env = { ...process.env, KAAS_API_PORT: 'eighty', KAAS_KAFKA: 'nowhere' }
  const refused = await runProgram(process.execPath, [MAIN], { env, allowFailure: true })
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('KAAS_API_PORT')
  expect(refused.stderr).toContain('KAAS_KAFKA')
})

test.each([
  ['gateway', 'apps/gateway/src/main.ts'],
  ['control plane', 'apps/control-plane/src/main.ts'],
  ['Kafka broker', 'kafka.Kafka'],
])('a killed %s is back by itself, and a line says so', async (name, command) => {
  const pid = childOf(product.pid, command)
  process.kill(pid, 'SIGKILL')
  const back = new RegExp(`The ${name} has ended \\(signal SIGKILL\\)[^]*The ${name} is back`)
  await waitFor(() => back.test(product.output()), { what: `the ${name} to be back` })
  expect(childOf(product.pid, command)).not.toBe(pid)
})

test('Ctrl-C stops gateway, control plane and Kafka in this order, and what was made is there after the next start', async () => {
  const kind = { kind: 'Team', plural: 'teams', singular: 'team', scope: 'platform' } as const
  const document = { apiVersion: 'kaas.dev/v1', kind: 'Team', metadata: { name: 'kept' }, spec: {} }
  await product.client.put({ kind, name: 'kept' }, document)
  const token = product.token
  const repository = join(product.stateDirectory, 'tenants.git')
  const commit = onBranch(repository, 'rev-parse', 'main')
  expect(await product.stop()).toBe(0)
  const order = [...product.output().matchAll(/(gateway|control plane|Kafka) has stopped/g)].map((match) => match[1])
  expect(order).toEqual(['gateway', 'control plane', 'Kafka'])
  expect(processesOn(product.stateDirectory)).toEqual([])
  product = await startProduct({ stateDirectory: product.stateDirectory, env: product.env })
  expect(product.token).toBe(token)
  expect((await product.client.get({ kind, name: 'kept' })).metadata.name).toBe('kept')
  expect(onBranch(repository, 'rev-list', 'main').split('\n')).toContain(commit)
})

test('when its main process is killed all parts end with it, and the next start takes over', async () => {
  process.kill(product.pid, 'SIGKILL')
  const state = product.stateDirectory
  await waitFor(() => processesOn(state).length === 0, { what: 'all parts to end' })
  product = await startProduct({ stateDirectory: state, env: product.env })
  expect(product.output()).toContain('KaaS is ready')
})

function onBranch(repository: string, ...args: readonly string[]): string {
  return spawnSync('git', ['--git-dir', repository, ...args])
    .stdout.toString()
    .trim()
}

/** The processes that were started for a state directory: it stands in their environment. */
function processesOn(stateDirectory: string): readonly string[] {
  return readdirSync('/proc').filter((entry) => {
    try {
      return /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/environ`, 'utf8').includes(stateDirectory)
    } catch {
      return false // Ended meanwhile.
    }
  })
}

/** The child process of `parent` whose command line contains `command`. */
function childOf(parent: number, command: string): number {
  const { stdout } = spawnSync('pgrep', ['-P', String(parent), '-f', command])
  const pid = Number(stdout.toString().trim())
  if (!(pid > 0)) throw new Error(`No process runs ${command}:\n${readFileSync(`/proc/${parent}/status`, 'utf8')}`)
  return pid
}
