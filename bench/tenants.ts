// SPDX-License-Identifier: Apache-2.0
/**
 * Does a virtual tenant come as fast when a thousand are there as when none is? The whole product on Apache Kafka: each order is a
 * tenant, a topic and a user, made one after another through the API. `KAAS_BENCH_TENANTS` sets how many (1000).
 */
import { KNOWN_KINDS } from '@kaas/http-contract'
import { startProduct } from '@kaas/testkit'
import { saveResult } from './report/save-result.ts'
import { renderTable } from './report/statistics.ts'
import { memoryOf } from './tenants/memory-of.ts'
import { watchReady } from './tenants/ready-watch.ts'

const COUNT = Number(process.env.KAAS_BENCH_TENANTS ?? 1000)
const SLICES = 5
const WORKLOAD = { produce: '50kB/s', retention: '1h', partitions: 3, connections: 3, users: 3 }

/** Milliseconds from PUT to the event that says Ready. */
interface Times {
  readonly tenant: number
  readonly topic: number
  readonly user: number
}

const product = await startProduct()
const { client, pid } = product
const watch = await watchReady(client)
const memory = () => ({ controlPlane: memoryOf(pid, 'apps/control-plane'), gateway: memoryOf(pid, 'apps/gateway') })
try {
  const before = memory()
  const times: Times[] = []
  for (let index = 0; index < COUNT; index++) {
    times.push(await order(`bench-${index}`))
    if ((index + 1) % 100 === 0) console.log(`${index + 1} of ${COUNT}`)
  }
  report(times, before, memory())
} finally {
  await product.stop()
}

async function order(tenant: string): Promise<Times> {
  return {
    tenant: await put('Tenant', tenant, undefined, { workload: WORKLOAD }),
    topic: await put('Topic', 'events', tenant, { partitions: 1 }),
    user: await put('User', 'app', tenant, { roles: ['admin'] }),
  }
}

async function put(kindName: string, name: string, tenant: string | undefined, spec: unknown): Promise<number> {
  const kind = KNOWN_KINDS.find((each) => each.kind === kindName)
  if (kind === undefined) throw new Error(`There is no kind ${kindName}.`)
  const scope = tenant === undefined ? {} : { tenant }
  const started = performance.now()
  await client.put(
    { kind, name, ...scope },
    { apiVersion: 'kaas.dev/v1', kind: kindName, metadata: { name, ...scope }, spec },
  )
  return (await watch.untilReady(kindName, name, tenant)) - started
}

type Memory = ReturnType<typeof memory>

function report(times: readonly Times[], before: Memory, after: Memory): void {
  const size = Math.ceil(times.length / SLICES)
  const rows = Array.from({ length: SLICES }, (_, slice) => {
    const part = times.slice(slice * size, (slice + 1) * size)
    const cells = (['tenant', 'topic', 'user'] as const).map((kind) => percentiles(part.map((each) => each[kind])))
    return [`${slice * size + 1}–${slice * size + part.length}`, ...cells]
  })
  saveResult(
    'tenants',
    'Does a virtual tenant come as fast when a thousand are there as when none is?',
    [
      `${times.length} orders of a tenant, a topic and a user, one after another. Milliseconds from PUT to Ready, p50 / p95 / max:`,
      renderTable(['orders', 'tenant', 'topic', 'user'], rows),
      'Memory in MB (resident), before the first and after the last order:',
      renderTable(
        ['process', 'before', 'after'],
        (['controlPlane', 'gateway'] as const).map((name) => [
          name === 'controlPlane' ? 'control plane' : name,
          before[name].toFixed(0),
          after[name].toFixed(0),
        ]),
      ),
      'Goal: p95 of a tenant under 1,000 ms at the end as at the start.',
    ].join('\n\n'),
  )
}

function percentiles(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)
  return `${at(0.5)} / ${at(0.95)} / ${at(1)}`
}
