// SPDX-License-Identifier: Apache-2.0
/** Charts of traffic from a real Prometheus that scrapes the real gateway. */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeKind } from '@kaas/http-contract'
import { findProgram, freePort, type Product, startProduct, temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let product: Product
let prometheus: ChildProcess
let prometheusUrl: string

beforeAll(async () => {
  const port = await freePort()
  prometheusUrl = `http://127.0.0.1:${port}`
  product = await startProduct({ env: { KAAS_PROMETHEUS_URL: prometheusUrl, KAAS_SAMPLE_EVERY: '3s' } })
  prometheus = startPrometheus(port, new URL(product.health).host)
})

afterAll(async () => {
  prometheus?.kill('SIGTERM')
  await product?.stop()
})

function startPrometheus(port: number, target: string): ChildProcess {
  const program = findProgram('prometheus', { package: 'prometheus', purpose: 'test charts from a Prometheus' })
  const folder = temporaryDirectory('prometheus')
  const config = join(folder, 'prometheus.yml')
  const job = { job_name: 'gateways', static_configs: [{ targets: [target] }] }
  writeFileSync(config, JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: [job] }))
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]
  return spawn(program, args, { stdio: 'ignore' })
}

async function order(kind: 'Tenant' | 'Topic' | 'User', name: string, tenant: string | undefined, spec: object) {
  const at = { kind: describeKind(kind), name, ...(tenant === undefined ? {} : { tenant }) }
  await product.client.put(at, { apiVersion: 'kaas.dev/v1', kind, metadata: { name, ...(tenant && { tenant }) }, spec })
  const ready = async () =>
    (await product.client.get(at)).status?.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  await waitFor(ready, { what: `${kind} ${name}` })
}

test('traffic of a tenant is read from Prometheus, what only Kafka knows from the samples, in one answer', async () => {
  const { client } = product
  await order('Tenant', 'shop', undefined, { workload: { produce: '1MB/s', consume: '1MB/s', retention: '1d' } })
  await order('User', 'app', 'shop', { roles: ['producer', 'consumer'] })
  await order('Topic', 'carts', 'shop', { partitions: 2 })
  const answer = await waitFor(
    async () => {
      await client.testConnection('shop', 'app')
      const found = await client.series('shop', { metrics: ['requests', 'bytesOut', 'partitions'] })
      const heard = found.series.map(({ points }) => points.some(([, value]) => value !== null && value > 0))
      return heard.every(Boolean) ? found : undefined
    },
    { what: 'points of all three', timeoutMs: 150_000, pollMs: 1_500 },
  )
  expect(answer).toMatchObject({ source: 'prometheus', stepMs: 60_000 })
  expect(answer.series.map(({ metric, unit, limit }) => [metric, unit, limit])).toEqual([
    ['requests', '1/s', 1500],
    ['bytesOut', 'B/s', 1_000_000],
    ['partitions', '1', expect.any(Number)],
  ])
  // A topic is nothing that gateways know of.
  expect(await client.series('shop', { metrics: ['storedBytes'], topic: 'carts' })).toMatchObject({ source: 'sampled' })
  // Points stand at whole minutes: the first with a rate may be a minute away.
}, 240_000)

test('a Prometheus that is away is named, not shown as silence', async () => {
  prometheus.kill('SIGKILL')
  const asked = () => product.client.series('shop', { metrics: ['requests'] })
  await waitFor(
    () =>
      asked().then(
        () => false,
        () => true,
      ),
    { what: 'Prometheus to be gone' },
  )
  await expect(asked()).rejects.toMatchObject({ code: 'component-failed', message: expect.stringContaining('Prometheus') })
  expect((await product.client.series('shop', { metrics: ['partitions'] })).source).toBe('sampled')
})
