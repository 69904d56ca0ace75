// SPDX-License-Identifier: Apache-2.0
/** Log-ins through a gateway, with a broker double behind it. Against real brokers: `gateway.int.test.ts`. */
import { encodeResponse, heartbeat, saslAuthenticate, saslHandshake } from '@kaas/kafka-protocol'
import { waitFor } from '@kaas/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LoopbackGateway, startLoopback } from '../../test/loopback-gateway.ts'
import { proofFor, type RawClient } from '../../test/raw-client.ts'

const beat = { groupId: 'g', generationId: 1, memberId: 'm' }
const FINAL = `c=biws,r=clientbroker,p=${proofFor('SCRAM-SHA-512')}`
let loopback: LoopbackGateway

beforeEach(async () => {
  loopback = await startLoopback(({ header, reply }) =>
    reply(encodeResponse(heartbeat, header.apiVersion, header.correlationId, { throttleTimeMs: 0, errorCode: 0 })),
  )
})

afterEach(() => loopback.stop())

test('A1: SCRAM messages pass unchanged between client and broker, and the broker’s session lifetime comes back', async () => {
  const client = await loopback.connect()
  await client.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
  const first = await client.token('n,,n=orders.app,r=client')
  expect(first.authBytes.toString()).toMatch(/^r=clientbroker,s=.*,i=4096$/)
  const last = await client.token(FINAL)
  expect(last).toMatchObject({ errorCode: 0, sessionLifetimeMs: 3_600_000n })
  expect(last.authBytes.toString()).toBe('v=c2lnbmF0dXJl')
  expect(loopback.broker.tokens).toEqual(['n,,n=orders.app,r=client', FINAL])
})

test('A2: unknown tenant, unknown user and wrong password look the same, and none is answered at once', async () => {
  const seen: { readonly answer: unknown; readonly ms: number }[] = []
  for (const [user, refuse] of [
    ['nobody.app', 'nothing'],
    ['app', 'nothing'],
    ['orders.ghost', 'first'],
    ['orders.app', 'second'],
  ] as const) {
    loopback.broker.refuse = refuse
    const client = await loopback.connect()
    const startedAtMs = Date.now()
    await client.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-256' })
    const first = await client.token(`n,,n=${user},r=client`)
    expect(first.authBytes.toString()).toMatch(/^r=client[^,]+,s=[A-Za-z0-9+/]{24},i=4096$/)
    const answer = await client.token('c=biws,r=clientx,p=cHJvb2Y=')
    await client.closed
    seen.push({ answer: { ...answer, errorMessage: answer.errorMessage }, ms: Date.now() - startedAtMs })
  }
  expect(new Set(seen.map(({ answer }) => JSON.stringify(answer, text))).size).toBe(1)
  expect(seen[0]?.answer).toMatchObject({ errorCode: 58 })
  // None is answered at once; that nobody can tell them apart by many measurements is tested with a real Kafka.
  expect(Math.min(...seen.map(({ ms }) => ms))).toBeGreaterThan(490)
})

test('a client that logs in again on the same connection is served on; another user is refused (KIP-368)', async () => {
  const client = await loopback.connectAndLogIn()
  const beating = client.send(heartbeat, 4, beat)
  expect((await client.next()).readInt32BE(0)).toBe(beating)
  expect(await client.logIn()).toBe(0)
  expect((await client.ask(heartbeat, 4, beat)).errorCode).toBe(0)
  expect(loopback.broker.sockets.size).toBe(1)
  expect(await client.logIn('orders.other')).toBe(58)
  await client.closed
})

test('a mechanism that is not offered is answered with those that are, and another one than before as well', async () => {
  const client = await loopback.connect()
  const answer = await client.ask(saslHandshake, 1, { mechanism: 'GSSAPI' })
  expect(answer).toMatchObject({ errorCode: 33, mechanisms: ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN'] })
  await client.closed
  const again = await loopback.connectAndLogIn()
  expect(await again.ask(saslHandshake, 1, { mechanism: 'PLAIN' })).toMatchObject({ errorCode: 33 })
})

test('after a handshake of version 0 tokens have no header, and requests have one again behind them', async () => {
  const client = await loopback.connect()
  await client.ask(saslHandshake, 0, { mechanism: 'SCRAM-SHA-512' })
  sendBare(client, 'n,,n=orders.app,r=client')
  expect((await client.next()).toString()).toMatch(/^r=clientbroker/)
  sendBare(client, FINAL)
  expect((await client.next()).toString()).toBe('v=c2lnbmF0dXJl')
  expect((await client.ask(heartbeat, 4, beat)).errorCode).toBe(0)
})

test('PLAIN: the gateway proves the password to the broker by SCRAM and never sends it there', async () => {
  const client = await loopback.connect()
  await client.ask(saslHandshake, 1, { mechanism: 'PLAIN' })
  const answer = await client.token('\0orders.app\0open sesame')
  // The double's last message is signed by nobody, so the gateway must not trust this broker.
  expect(answer.errorCode).not.toBe(0)
  expect(loopback.broker.tokens[0]).toMatch(/^n,,n=orders\.app,r=/)
  expect(loopback.broker.tokens[1]).toMatch(/^c=biws,r=.*,p=/)
  expect(loopback.broker.tokens.join()).not.toContain('sesame')
  expect(JSON.stringify(loopback.lines)).not.toContain('sesame')
})

test('a broker that is away is said to be away: no client may think that its password is wrong', async () => {
  loopback.broker.close()
  const client = await loopback.connect()
  await client.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
  const answer = await client.token('n,,n=orders.app,r=client')
  expect(answer.errorCode).toBe(15)
  expect(answer.errorMessage).toContain('cannot be reached')
  await client.closed
})

test('a token that cannot be read is refused without asking a broker', async () => {
  const client = await loopback.connect()
  await client.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
  const answer = await client.ask(saslAuthenticate, 2, { authBytes: Buffer.from('hello') })
  expect(answer.errorCode).not.toBe(0)
  await client.closed
  expect(loopback.broker.tokens).toEqual([])
})

test.each([
  ['a proof of another length', 'c=biws,r=clientbroker,p=cHJvb2Y='],
  ['a nonce of somebody else', FINAL.replace('clientbroker', 'clientother')],
  ['no proof', 'c=biws,r=clientbroker'],
  ['something else', 'hello'],
])('A2: %s in the second message is refused as a wrong password is, and never reaches a broker', async (_, final) => {
  const client = await loopback.connect()
  await client.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
  await client.token('n,,n=orders.app,r=client')
  expect(await client.token(final)).toMatchObject({ errorCode: 58 })
  expect(loopback.broker.tokens).toEqual(['n,,n=orders.app,r=client'])
})

test('a client that leaves during its log-in leaves no broker connection behind', async () => {
  const client = await loopback.connect()
  await client.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
  client.send(saslAuthenticate, 2, { authBytes: Buffer.from('n,,n=orders.app,r=client') })
  await waitFor(() => loopback.broker.tokens.length === 1, { what: 'the broker connection' })
  client.close()
  await waitFor(() => loopback.broker.sockets.size === 0, { what: 'its end' })
})

function sendBare(client: RawClient, token: string): void {
  const length = Buffer.alloc(4)
  length.writeInt32BE(Buffer.byteLength(token))
  client.socket.write(Buffer.concat([length, Buffer.from(token)]))
}

function text(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
