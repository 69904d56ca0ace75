// SPDX-License-Identifier: Apache-2.0
/** The control plane as operators meet it: started, killed, started again, started wrongly, stopped. */
import { writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { snapshotEventSchema } from '@kaas/domain'
import { describeKind, readEventStream } from '@kaas/http-contract'
import { type ControlPlaneProcess, type Installation, newInstallation, startControlPlane } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failToStart } from './fail-to-start.ts'

const TENANT = describeKind('Tenant')
const USER = describeKind('User')
const document = (kind: string, metadata: object, spec: object) => ({ apiVersion: 'kaas.dev/v1', kind, metadata, spec })
const orders = document('Tenant', { name: 'orders' }, { workload: { produce: '5MB/s', retention: '7d' } })

let installation: Installation
let running: ControlPlaneProcess
beforeAll(async () => {
  installation = newInstallation()
  running = await startControlPlane(installation)
})
afterAll(async () => {
  await running.kill('SIGKILL')
})

describe('a running control plane', () => {
  it('that is killed during writes has every acknowledged order when it is back, and the same passwords', async () => {
    await running.client.put({ kind: TENANT, name: 'orders' }, orders)
    const app = document('User', { name: 'app', tenant: 'orders' }, { roles: ['admin'] })
    const { credentials } = await running.client.put({ kind: USER, tenant: 'orders', name: 'app' }, app)
    const acknowledged: string[] = []
    const writing = Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const name = `topic-${index}`
        const topic = document('Topic', { name, tenant: 'orders' }, { partitions: 1 })
        await running.client.put({ kind: describeKind('Topic'), tenant: 'orders', name }, topic)
        acknowledged.push(name)
        if (acknowledged.length === 15) running.child.kill('SIGKILL')
      }),
    ).catch(() => undefined)
    await writing
    await running.kill('SIGKILL')
    const written = [...acknowledged]
    running = await startControlPlane(installation)
    const present = []
    for await (const topic of running.client.listAll(describeKind('Topic'), { tenant: 'orders' }))
      present.push(topic.metadata.name)
    expect(present).toEqual(expect.arrayContaining(written))
    expect(written.length).toBeGreaterThanOrEqual(15)
    const again = await running.client.put({ kind: TENANT, name: 'orders' }, orders)
    expect(again).toMatchObject({ outcome: 'unchanged', resource: { metadata: { generation: 1 } } })
    expect(await running.client.listCredentials('orders', 'app')).toMatchObject([{ id: credentials?.id }])
  })

  it('streams the snapshot to a gateway, and to nobody without a token', async () => {
    const snapshot = (token: string) =>
      fetch(`${running.url}/v1/gateway/snapshot`, { headers: { authorization: `Bearer ${token}` } })
    const response = await snapshot(installation.gatewayToken)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    if (response.body === null) throw new Error('There is no stream.')
    for await (const { data } of readEventStream(response.body)) {
      expect(snapshotEventSchema.parse(JSON.parse(data)).kind).toBe('full')
      break
    }
    expect((await snapshot('a-token-that-nobody-has')).status).toBe(401)
  })

  it('is not started twice on the same state: the second says who has it', async () => {
    const { code, said } = await failToStart({ ...installation.env, KAAS_API_PORT: '0' })
    expect(code).toBe(6)
    expect(said).toContain(`process with id ${running.child.pid}`)
    expect(said).toContain('KAAS_STATE_DIR')
  })

  it('stops in order when it is told to, also with listeners on its streams and callers that never ask, and starts again', async () => {
    const streams = await Promise.all(
      ['/v1/events', '/v1/gateway/snapshot'].map((path) =>
        fetch(`${running.url}${path}`, { headers: { authorization: `Bearer ${installation.token}` } }),
      ),
    )
    const ends = streams.map(async (stream) => {
      for await (const _ of stream.body ?? []);
      return 'ended'
    })
    const silent = connect(Number(new URL(running.url).port), '127.0.0.1')
    silent.on('error', () => {})
    const before = performance.now()
    expect(await running.kill('SIGTERM')).toBe(0)
    expect(performance.now() - before).toBeLessThan(40_000)
    expect(await Promise.all(ends)).toEqual(['ended', 'ended'])
    running = await startControlPlane(installation)
    expect(await running.client.get({ kind: TENANT, name: 'orders' })).toMatchObject({ metadata: { name: 'orders' } })
  })
})

describe('a wrong start', () => {
  it('names every variable that is missing, at once', async () => {
    const { code, said } = await failToStart({ PATH: process.env.PATH ?? '', KAAS_API_PORT: 'many' })
    expect(code).toBe(2)
    for (const name of ['KAAS_API_PORT', 'KAAS_TOKEN_FILE', 'KAAS_GATEWAY_TOKEN_FILE', 'KAAS_SECRETS_KEY_FILE']) {
      expect(said).toContain(name)
    }
  })

  it('on a busy port says which variable changes it', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const port = (other.address() as { port: number }).port
    const { code, said } = await failToStart({ ...newInstallation().env, KAAS_API_PORT: String(port) })
    expect(code).toBe(6)
    expect(said).toMatch(new RegExp(`127.0.0.1:${port}.*\\n.*KAAS_API_PORT`))
    other.close()
  })

  it.each([
    ['a key that is too short', 'secrets-key', 'KAAS_SECRETS_KEY_FILE', 'c2hvcnQ='],
    ['an empty token', 'token', 'KAAS_TOKEN_FILE', ''],
    ['a token of two lines', 'gateway-token', 'KAAS_GATEWAY_TOKEN_FILE', 'one-token-here\nanother-token-here'],
  ])('with %s names the file, and shows nothing of it', async (_, file, variable, content) => {
    const { directory, env } = newInstallation()
    writeFileSync(join(directory, file), content)
    const { code, said } = await failToStart({ ...env, KAAS_API_PORT: '0' })
    expect(code).toBe(2)
    expect(said).toContain(variable)
    expect(said).not.toContain(content === '' ? 'undefined' : content.slice(0, 6))
  })

  it('with a token for the audit log of Kubernetes and no Kafka to put that in says which variable is missing', async () => {
    const { env } = newInstallation()
    const file = env.KAAS_TOKEN_FILE ?? ''
    const { code, said } = await failToStart({ ...env, KAAS_API_PORT: '0', KAAS_KUBERNETES_AUDIT_TOKEN_FILE: file })
    expect(code).toBe(2)
    expect(said).toContain('KAAS_AUDIT_CLUSTER')
  })

  it('with a file of clusters that is none says what it must hold', async () => {
    const { directory, env } = newInstallation()
    const file = join(directory, 'clusters.json')
    writeFileSync(file, JSON.stringify([orders]))
    const { code, said } = await failToStart({ ...env, KAAS_API_PORT: '0', KAAS_CLUSTERS_FILE: file })
    expect(code).toBe(2)
    expect(said).toMatch(/KAAS_CLUSTERS_FILE.*KafkaCluster/s)
  })

  it('on a database of a newer version refuses, and leaves it as it is', async () => {
    const { env } = newInstallation()
    const first = await startControlPlane({ ...newInstallation(), env })
    await first.kill('SIGTERM')
    writeFileSync(join(env.KAAS_STATE_DIR ?? '', 'database', 'postgres', 'PG_VERSION'), '99\n')
    const { code, said } = await failToStart({ ...env, KAAS_API_PORT: '0' })
    expect(code).toBe(7)
    expect(said).toMatch(/newer PostgreSQL \(99/)
  })
})
