// SPDX-License-Identifier: Apache-2.0
/** The story of a bad day: gateway, control plane and broker are killed in turn while a producer runs. Nothing acknowledged is lost. */
import { readFileSync } from 'node:fs'
import { KNOWN_KINDS } from '@kaas/http-contract'
import { type Product, startProduct, waitFor } from '@kaas/testkit'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTenant, createTopic, createUser } from '../conformance/orders.ts'
import { type AcknowledgedLoad, type LoadTarget, readHashes, startLoad } from './faults/acknowledged-load.ts'
import { childOf } from './faults/child-of.ts'

const VICTIMS = [
  ['gateway', 'apps/gateway/src/main.ts'],
  ['control plane', 'apps/control-plane/src/main.ts'],
  ['Kafka broker', 'kafka.Kafka'],
] as const

let product: Product
let target: LoadTarget
let load: AcknowledgedLoad

beforeAll(async () => {
  product = await startProduct()
  await createTenant(product.client, 'orders')
  await createTopic(product.client, 'orders', 'payments', { partitions: 3 })
  const password = await createUser(product.client, 'orders', 'app', { roles: ['admin'] })
  target = { client: () => clientFor('orders.app', password), topic: 'payments' }
})

afterAll(() => product?.stop())

test('after kill -9 of gateway, control plane and broker in turn under load no acknowledged record is missing', async () => {
  const before = await intent()
  load = await startLoad(target)
  await progress('the load to begin')
  for (const [name, command] of VICTIMS) {
    process.kill(childOf(product.pid, command), 'SIGKILL')
    const back = new RegExp(`The ${name} is back`)
    await waitFor(() => back.test(product.output()), { what: `the ${name} to be back` })
    await progress(`records to be acknowledged after the ${name} was killed`)
  }
  const acknowledged = await load.stop()
  const found = await readHashes(target, acknowledged, 60_000)
  const missing = [...acknowledged].filter((hash) => !found.has(hash))
  expect(acknowledged.size).toBeGreaterThan(1000)
  expect(missing).toEqual([])
  expect(await intent()).toEqual(before)
})

function clientFor(username: string, password: string): Kafka {
  return new Kafka({
    brokers: [product.kafka],
    ssl: { ca: [readFileSync(product.caFile, 'utf8')] },
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: logLevel.NOTHING,
    retry: { retries: 30, initialRetryTime: 100, maxRetryTime: 1000 },
  })
}

/** Waits until some hundred more records were acknowledged. */
async function progress(what: string): Promise<void> {
  const start = load.acknowledged
  await waitFor(() => load.acknowledged > start + 400, { what })
}

/** What users asked for, without what was observed. */
async function intent(): Promise<unknown> {
  const all: unknown[] = []
  for (const kind of KNOWN_KINDS) {
    for await (const { metadata, spec } of product.client.listAll(kind)) all.push({ kind: kind.kind, metadata, spec })
  }
  return all
}
