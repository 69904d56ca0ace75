// SPDX-License-Identifier: Apache-2.0
/**
 * The story of an upgrade, and of a loss: three gateways behind a balancer are restarted one after the other, and no application
 * notices; one is killed, and nothing is lost or doubled.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Product, startProduct } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, SteadyAnswer, Target } from '../conformance/client.ts'
import { confluentPython, franzGo } from '../conformance/clients.ts'
import { javaTool, javaTools } from '../conformance/java-client.ts'
import { createTenant, createTopic, createUser } from '../conformance/orders.ts'
import { type GatewayFleet, startGatewayFleet } from './gateway-fleet.ts'

const NODES = [0, 1, 2] as const
const SECONDS = 35
/** Until all clients have joined their groups and produce. */
const ALL_BEGAN_MS = 8000
const APPLICATIONS: readonly (readonly [string, Client])[] = [
  ['java', javaTools],
  ['librdkafka', confluentPython],
  ['franz-go', franzGo],
]
const NAMES = APPLICATIONS.map(([name]) => name)

let product: Product
let fleet: GatewayFleet
let target: Target

beforeAll(async () => {
  product = await startProduct()
  await createTenant(product.client, 'orders')
  const password = await createUser(product.client, 'orders', 'app', { roles: ['admin'] })
  for (const name of NAMES) {
    for (const how of ['restart', 'kill']) await createTopic(product.client, 'orders', `${name}-${how}`, { partitions: 3 })
  }
  fleet = await startGatewayFleet(product)
  target = {
    bootstrapServers: fleet.bootstrap,
    username: 'orders.app',
    password,
    mechanism: 'SCRAM-SHA-512',
    caFile: product.caFile,
  }
  await Promise.all(APPLICATIONS.map(([, client]) => client.prepare()))
})

afterAll(async () => {
  await fleet?.stop()
  await product?.stop()
})

describe.each([
  ['restarted one after the other', 'restart', SECONDS, NODES],
  ['killed without a goodbye, one of three', 'kill', 18, [1]],
] as const)('while gateways are %s under load', (_, how, seconds, indexes) => {
  let answers: ReadonlyMap<string, SteadyAnswer>

  beforeAll(async () => {
    const running = APPLICATIONS.map(async ([name, client]) => {
      const task = { verb: 'steady', topic: `${name}-${how}`, group: `${name}-${how}`, seconds } as const
      return [name, await client.run(target, task)] as const
    })
    await sleep(ALL_BEGAN_MS)
    for (const index of indexes) await fleet[how](index)
    answers = new Map(await Promise.all(running))
    for (const [name, { longestGapMs }] of answers) console.log(`${how}: ${name} waited at most ${longestGapMs} ms`)
  })

  test.each(NAMES)('%s is told of no failure', (name) => {
    expect(answers.get(name)?.failures).toEqual([])
  })

  test.each(NAMES)('%s reads every record that was acknowledged, and none was written twice [R139]', async (name) => {
    const { acknowledged = 0, read = 0 } = answers.get(name) ?? {}
    expect(acknowledged).toBeGreaterThan(300)
    expect(read).toBe(acknowledged)
    expect(await recordsIn(`${name}-${how}`)).toBe(acknowledged)
  })
})

/** By the end offsets of all partitions. */
async function recordsIn(topic: string): Promise<number> {
  const printed = await javaTool(target, 'GetOffsetShell', ['--topic', topic])
  return [...printed.matchAll(/^\S+:\d+:(\d+)$/gm)].reduce((sum, [, offset]) => sum + Number(offset), 0)
}
