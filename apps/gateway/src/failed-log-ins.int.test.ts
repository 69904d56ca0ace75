// SPDX-License-Identifier: Apache-2.0
/** Whoever tries names and passwords, before a real Kafka that delays its refusals as Kafka does by default. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { saslHandshake } from '@kaas/kafka-protocol'
import { quickOnce } from '@kaas/testkit'
import { Kafka as KafkaJs, logLevel, Partitioners } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GatewayFixture, PASSWORD, startGatewayFixture } from '../test/gateway-fixture.ts'
import { startLoopback } from '../test/loopback-gateway.ts'
import { medianOf, rankDistance } from '../test/rank-test.ts'
import { proofFor, RawClient } from '../test/raw-client.ts'
import { Journal } from './audit/journal.ts'
import { DEFAULT_LIMITS } from './gateway-parts.ts'

const ATTACK = fileURLToPath(new URL('../test/brute-force.ts', import.meta.url))
const ATTACKER = '127.0.0.66'
const MOST_FAILURES = 50
const failedLogIns = { most: MOST_FAILURES, windowMs: 60_000 }
/** For each kind of name, and from how many addresses at once. */
const SAMPLES = 50
const AT_ONCE = 12
/** Times that a client behind a network could tell apart, in milliseconds, if they came often enough. */
const TELLING_MS = 5
const CERTAIN = 4.5
const ROUNDS = 6

let fixture: GatewayFixture
const journal = new Journal()

beforeAll(async () => {
  const limits = { ...DEFAULT_LIMITS, failedLogIns, challengeMs: 150 }
  fixture = await startGatewayFixture({ limits, journal }, 1, { 'connection.failed.authentication.delay.ms': '100' })
})
afterAll(() => fixture?.stop())

test('A2: by time nobody can tell an existing user from an unknown one or from an unknown tenant, however often she asks', async () => {
  // A difference that is the gateway's shows each time; one that a busy machine makes, as when it delays the broker, does not.
  const found: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    found.splice(0, found.length, ...(await differences()))
    if (found.length === 0) break
  }
  expect(found).toEqual([])
})

/** What an observer can tell, by the times of many attempts. */
async function differences(): Promise<readonly string[]> {
  const names = ['orders.app', 'orders.ghost', 'ghost.app']
  // Shuffled, so that what else the machine does falls on all alike.
  const due = names.flatMap((name) => Array.from({ length: SAMPLES }, () => name)).sort(() => Math.random() - 0.5)
  const times = new Map(names.map((name) => [name, { challenge: [] as number[], refusal: [] as number[] }]))
  let next = 0
  const prober = async () => {
    for (let index = next++; index < due.length; index = next++) {
      const name = due[index] ?? ''
      // From many addresses, as who hides would: none of them is blocked.
      const { challengeMs, refusalMs } = await probe(name, `127.0.1.${(index % 200) + 1}`)
      times.get(name)?.challenge.push(challengeMs)
      times.get(name)?.refusal.push(refusalMs)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, prober))
  const [existing] = names
  return names.slice(1).flatMap((unknown) =>
    (['challenge', 'refusal'] as const).flatMap((part) => {
      const [ones = [], others = []] = [existing, unknown].map((name) => times.get(name ?? '')?.[part])
      const [distance, apartMs] = [rankDistance(ones, others), Math.abs(medianOf(ones) - medianOf(others))]
      const line = `${part} of ${existing} and ${unknown}: ${apartMs.toFixed(1)} ms apart, distance ${distance.toFixed(1)}`
      console.log(line)
      return distance > CERTAIN && apartMs > TELLING_MS ? [line] : []
    }),
  )
}

test('A6: a thousand attempts a second slow no other tenant, and are told in the audit log in a few events', async () => {
  await fixture.admin.createTopic({ name: 'shop.orders', partitions: 1, configs: {} })
  const producer = new KafkaJs({
    brokers: [fixture.bootstrap],
    ssl: { ca: [fixture.certificates.caPem] },
    sasl: { mechanism: 'scram-sha-512', username: 'shop.app', password: PASSWORD },
    logLevel: logLevel.NOTHING,
  }).producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const produceFor = async (ms: number): Promise<number[]> => {
    const waits: number[] = []
    for (const until = performance.now() + ms; performance.now() < until; ) {
      const startedMs = performance.now()
      await producer.send({ topic: 'orders', acks: -1, messages: [{ value: 'x'.repeat(1000) }] })
      waits.push(performance.now() - startedMs)
    }
    return waits
  }
  await produceFor(500)
  const before = await produceFor(1500)
  const args = [ATTACK, String(fixture.gateway.port), fixture.certificates.caFile, ATTACKER, '1000', '3']
  const attack = promisify(execFile)(process.execPath, args)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const during = await produceFor(1500)
  const ended = JSON.parse((await attack).stdout) as Readonly<Record<string, number>>
  await producer.disconnect()
  console.log(
    `attack ${JSON.stringify(ended)}; a record took ${medianOf(before)} ms before and ${medianOf(during)} ms during it`,
  )
  expect(ended.letIn).toBe(0)
  expect(ended.attempts).toBeGreaterThan(MOST_FAILURES * 5)
  // The attacker computes on the same machine, so some of the difference is its own.
  expect(medianOf(during)).toBeLessThan(medianOf(before) * 10 + 500)
  const events = journal.next(1000, Date.now(), true).filter(({ remoteAddress }) => remoteAddress === ATTACKER)
  expect(events.length).toBeLessThan(10)
  const timesOf = (rule: string) => events.reduce((sum, event) => sum + (event.rule === rule ? event.count : 0), 0)
  expect(timesOf('failed-log-ins')).toBe(1)
  expect(timesOf('credentials-wrong'), 'a broker was asked').toBe(MOST_FAILURES)
  expect(timesOf('address-blocked')).toBe((ended.refused ?? 0) - MOST_FAILURES)
})

test('A6: for a blocked address no broker is asked, other addresses are served, and who is logged in stays', async () => {
  const loopback = await startLoopback(() => {}, {
    limits: { ...DEFAULT_LIMITS, failedLogIns: { most: 3, windowMs: 60_000 } },
  })
  const from = (address: string) => RawClient.connect(loopback.gateway.port, loopback.caPem, address)
  const settled = await loopback.connectAndLogIn()
  loopback.broker.refuse = 'second'
  for (let count = 0; count < 3; count++) expect(await (await from(ATTACKER)).logIn()).toBe(58)
  const asked = loopback.broker.tokens.length
  await quickOnce(400, async () => {
    const blocked = await from(ATTACKER)
    await blocked.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
    const answer = await blocked.token('n,,n=orders.app,r=client')
    expect(answer).toMatchObject({ errorCode: 58, errorMessage: expect.stringContaining('this address') })
  })
  expect(loopback.broker.tokens.length).toBe(asked)
  loopback.broker.refuse = 'nothing'
  expect(await (await from('127.0.0.67')).logIn()).toBe(0)
  expect(settled.isClosed).toBe(false)
  await loopback.stop()
})

/** One wrong password. */
async function probe(user: string, address: string): Promise<{ readonly challengeMs: number; readonly refusalMs: number }> {
  const client = await RawClient.connect(fixture.gateway.port, fixture.certificates.caPem, address)
  await client.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
  const startedMs = performance.now()
  const first = await client.token(`n,,n=${user},r=client`)
  const challengedMs = performance.now()
  const nonce = /r=([^,]+)/.exec(first.authBytes.toString())?.[1]
  const last = await client.token(`c=biws,r=${nonce},p=${proofFor('SCRAM-SHA-512')}`)
  expect(last.errorCode).toBe(58)
  client.close()
  return { challengeMs: challengedMs - startedMs, refusalMs: performance.now() - challengedMs }
}
