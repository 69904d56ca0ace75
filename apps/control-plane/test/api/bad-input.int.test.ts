// SPDX-License-Identifier: Apache-2.0
/** What callers send by mistake or on purpose: each answer names what to do, and the server goes on. */
import { connect } from 'node:net'
import type { ProblemDocument } from '@kaas/http-contract'
import { databaseEngines, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, putTenant, putTopic, WORKLOAD } from './documents.ts'
import { startApi, type TestApi } from './start-api.ts'

const [embedded] = databaseEngines()
let api: TestApi

beforeAll(async () => {
  const database = await embedded?.newDatabase()
  if (database === undefined) throw new Error('There is no embedded database.')
  api = await startApi(await database.open())
  await putTenant(api, 'orders')
})
afterAll(() => api.close())

/** A PUT with any body. */
async function put(path: string, body: string, headers: Record<string, string> = {}) {
  const all = { 'content-type': 'application/json', ...headers }
  const response = await api.fetch(path, { method: 'PUT', body, headers: all })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    problem: (await response.json()) as ProblemDocument,
  }
}

describe('documents', () => {
  const tenant = (spec: object, metadata: object = { name: 'bad' }) => JSON.stringify(documentOf('Tenant', metadata, spec))
  const of = (workload: object) => tenant({ workload: { ...WORKLOAD, ...workload } })

  it.each([
    ['a quantity without unit', of({ produce: '5' }), 'spec.workload.produce'],
    ['a negative quantity', of({ produce: '-5MB/s' }), 'spec.workload.produce'],
    ['nothing', of({ produce: '0MB/s' }), 'spec.workload.produce'],
    ['10^18 of something', of({ produce: '1000000000000000000MB/s' }), 'spec.workload.produce'],
    ['a number for a quantity', of({ retention: 7 }), 'spec.workload.retention'],
    ['an unknown field', tenant({ workload: WORKLOAD, colour: 'red' }), 'spec.colour'],
    ['another name than the path', tenant({ workload: WORKLOAD }, { name: 'other' }), 'metadata.name'],
    ['a kind of another path', JSON.stringify(documentOf('Team', { name: 'bad' }, {})), 'kind'],
    ['a tenant inside a tenant', tenant({ workload: WORKLOAD }, { name: 'bad', tenant: 'orders' }), 'metadata.tenant'],
  ])('with %s are refused, and the field is named', async (_, body, path) => {
    const { status, type, problem } = await put('/v1/tenants/bad', body)
    expect([status, type]).toEqual([400, 'application/problem+json; charset=utf-8'])
    expect(problem).toMatchObject({ code: 'document-invalid', help: expect.any(String) })
    expect(problem.fields?.map(({ path: field }) => field)).toContain(path)
  })

  it.each(['Or.ders', 'ORDERS', '-orders', 'o'.repeat(300), 'o rders', '../teams', 'ordérs', '%00', 'system', 'classes'])(
    'named %j are refused',
    async (name) => {
      const { status, problem } = await put(
        `/v1/tenants/${encodeURIComponent(name)}`,
        tenant({ workload: WORKLOAD }, { name }),
      )
      expect([status, problem.code]).toEqual([400, 'name-invalid'])
      expect(problem.help).toMatch(/for example/)
    },
  )

  it.each([
    ['broken JSON', '{"kind":', {}],
    ['no JSON at all', 'kind: Tenant', { 'content-type': 'text/yaml' }],
    ['a poisoned prototype', '{"__proto__": {"kind": "Tenant"}, "kind": "Tenant"}', {}],
  ])('that are %s are refused', async (_, body, headers) => {
    const { status, problem } = await put('/v1/tenants/bad', body, headers)
    expect([status, problem.code]).toEqual([400, 'usage-invalid'])
  })

  it('that are larger than 1 MiB are refused with the limit', async () => {
    const { status, problem } = await put('/v1/tenants/bad', JSON.stringify('x'.repeat(2 * 1024 * 1024)))
    expect([status, problem.code]).toEqual([422, 'request-too-large'])
    expect(problem.detail).toContain('1 MiB')
  })

  it('with several problems name each on a line of its own', async () => {
    const { problem } = await put('/v1/tenants/bad', tenant({ workload: { produce: '5', retention: 7 }, colour: 'red' }))
    expect(problem.fields).toHaveLength(3)
    expect(problem.detail.split('\n')).toHaveLength(4)
  })

  it.each([['null'], ['[]'], ['"text"'], ['5'], ['{}']])('that are %s are refused', async (body) => {
    expect((await put('/v1/tenants/bad', body)).problem).toMatchObject({ code: 'document-invalid' })
  })

  it('with a deep nesting do not stop the server', async () => {
    const deep = `${'{"spec":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    expect((await put('/v1/tenants/bad', deep)).status).toBe(400)
    expect((await api.fetch('/readyz')).status).toBe(200)
  })
})

describe('requests', () => {
  it.each([
    ['/v1/tenants?limit=0', 'usage-invalid', 400],
    ['/v1/tenants?limit=many', 'usage-invalid', 400],
    ['/v1/tenants?colour=red', 'usage-invalid', 400],
    ['/v1/tenants?filter=size%3E5', 'usage-invalid', 400],
    ['/v1/tenants?cursor=abc', 'usage-invalid', 400],
    ['/v1/audit?cursor=1%20or%201%3D1', 'usage-invalid', 400],
    ['/v1/tenants/nobody', 'resource-absent', 404],
    ['/v1/tenants/orders/topics/nothing', 'resource-absent', 404],
    ['/v1/nothing', 'route-absent', 404],
    [`/v1/tenants/${'x'.repeat(600)}`, 'usage-invalid', 400],
    ['/v1/tenants/%E0%A4%A', 'usage-invalid', 400],
  ])('for %s are answered with a problem that says what to do', async (path, code, status) => {
    const response = await api.fetch(path)
    const problem = (await response.json()) as ProblemDocument
    expect([response.status, problem.code]).toEqual([status, code])
    expect(problem.help).toEqual(expect.any(String))
  })

  it.each([
    ['If-Match', 'abc'],
    ['If-Match', '"x"'],
    ['If-None-Match', '"3"'],
  ])('with %s: %s are refused', async (name, tag) => {
    const body = JSON.stringify(documentOf('Tenant', { name: 'bad' }, { workload: WORKLOAD }))
    expect((await put('/v1/tenants/bad', body, { [name]: tag })).problem).toMatchObject({ code: 'usage-invalid' })
  })

  it('that fail never show where in our code', async () => {
    const { problem } = await put('/v1/tenants/bad', '{')
    expect(JSON.stringify(problem)).not.toMatch(/\.ts:|node_modules|\\n +at /)
  })

  it('of many callers at once are all answered', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        if (index % 3 === 0) return (await putTopic(api, 'orders', `t${index}`, { partitions: 1 })).outcome
        return (await api.fetch(index % 3 === 1 ? '/v1/topics' : '/v1/nothing')).status
      }),
    )
    expect(statuses.filter((status) => status === 'created')).toHaveLength(20)
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
  })
})

describe('connections', () => {
  it('that send bytes that are no HTTP are closed', async () => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
    let said = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    socket.on('error', () => {})
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    socket.write(Buffer.from('0000000100120000000000010000', 'hex'))
    await closed
    expect(said).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('that listen to events and never read cost nothing and stop nobody', async () => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
    socket.pause()
    socket.on('error', () => {})
    socket.write('GET /v1/events?after=0 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer the-administrator-token\r\n\r\n')
    await waitFor(
      async () => (await putTopic(api, 'orders', 'while-nobody-reads', { partitions: 1 })).outcome === 'unchanged',
      {
        what: 'the second of two writes',
      },
    )
    socket.destroy()
  })
})
