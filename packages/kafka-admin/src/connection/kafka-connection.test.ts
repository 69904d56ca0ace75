// SPDX-License-Identifier: Apache-2.0
import { listGroups, metadata } from '@kaas/kafka-protocol'
import { afterEach, expect, test } from 'vitest'
import { type Script, type ScriptedBroker, type ScriptedRequest, startScriptedBroker } from '../../test/scripted-broker.ts'
import type { KafkaConnection } from './kafka-connection.ts'
import { openKafkaConnection } from './open-kafka-connection.ts'

const opened: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close()
})

async function broker(script: Script): Promise<ScriptedBroker> {
  const started = await startScriptedBroker(script)
  opened.push(started)
  return started
}

async function connect({ host, port }: { host: string; port: number }, options = {}): Promise<KafkaConnection> {
  const connection = await openKafkaConnection({ host, port, clientId: 'test', connectTimeoutMs: 500, ...options })
  opened.push(connection)
  return connection
}

const groups = (name: string) => ({ errorCode: 0, groups: [{ groupId: name, protocolType: '' }] })
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

test('requests go out without waiting for answers, and each answer reaches its own request', async () => {
  const waiting: ScriptedRequest[] = []
  const connection = await connect(
    await broker({
      onRequest: (request) => {
        waiting.push(request)
        if (waiting.length < 3) return
        for (const [index, each] of waiting.entries()) each.reply(listGroups, groups(`group-${index}`))
      },
    }),
  )
  const answers = await Promise.all([1, 2, 3].map(() => connection.request(listGroups, { statesFilter: [] })))
  expect(answers.map((answer) => answer.groups[0]?.groupId)).toEqual(['group-0', 'group-1', 'group-2'])
})

test('no more requests are on the way than allowed; the others wait their turn and are all answered', async () => {
  let pending = 0
  let most = 0
  const peer = await broker({
    onRequest: (request) => {
      pending += 1
      most = Math.max(most, pending)
      setTimeout(() => {
        pending -= 1
        request.reply(listGroups, groups('g'))
      })
    },
  })
  const connection = await connect(peer, { maxInFlight: 4 })
  await Promise.all(Array.from({ length: 40 }, () => connection.request(listGroups, {})))
  expect(most).toBeLessThanOrEqual(4)
  expect(peer.asked).toHaveLength(40)
})

test('a broker that is older than the first request is spoken to in its own versions', async () => {
  const peer = await broker({ oldVersions: true, onRequest: (request) => request.reply(listGroups, groups('g')) })
  const connection = await connect(peer)
  expect((await connection.request(listGroups, {})).errorCode).toBe(0)
})

test('a request without an answer ends as a timeout and the connection with it, since what comes later waits too', async () => {
  const connection = await connect(await broker({ onRequest: () => {} }), { requestTimeoutMs: 60 })
  const [first, second] = await Promise.all([
    failure(connection.request(metadata, { topics: [] })),
    failure(connection.request(listGroups, {}, { timeoutMs: 5_000 })),
  ])
  expect(first).toMatchObject({ code: 'kafka-timeout', message: expect.stringContaining('Metadata') })
  expect(second).toMatchObject({ code: 'kafka-unavailable' })
  expect(connection.usable).toBe(false)
})

test('a broker that says nothing at all is given up after the connect timeout', async () => {
  const startedAt = performance.now()
  const error = await failure(connect(await broker({ mute: true }), { connectTimeoutMs: 80 }))
  expect(error).toMatchObject({ code: 'kafka-timeout' })
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

test('a connection that the broker closes rejects all that was on the way', async () => {
  const peer = await broker({ onRequest: ({ socket }) => socket.destroy() })
  const connection = await connect(peer)
  const errors = await Promise.all([1, 2].map(() => failure(connection.request(listGroups, {}))))
  for (const error of errors) expect(error).toMatchObject({ code: 'kafka-unavailable' })
  await connection.ended
})

test('an answer that nobody waits for ends the connection as corrupt', async () => {
  const connection = await connect(await broker({ onRequest: (request) => request.reply(listGroups, groups('g'), 4711) }))
  expect(await failure(connection.request(listGroups, {}))).toMatchObject({
    code: 'frame-corrupt',
    message: expect.stringContaining('4711'),
  })
})

test('a length of two gigabytes is refused before a byte of it is kept', async () => {
  const error = await failure(connect(await broker({ greeting: Buffer.from('7fffffff', 'hex'), mute: true })))
  expect(error).toMatchObject({ code: 'frame-corrupt' })
})

test('TLS where plaintext was expected is told as that', async () => {
  const error = await failure(connect(await broker({ greeting: Buffer.from('15030300020246', 'hex'), mute: true })))
  expect(error).toMatchObject({ code: 'frame-corrupt', help: expect.stringContaining('TLS') })
})

test('nobody listening is told with the address and what to check', async () => {
  const peer = await startScriptedBroker()
  await peer.close()
  const error = await failure(connect(peer))
  expect(error).toMatchObject({ code: 'kafka-unavailable', message: expect.stringContaining(`127.0.0.1:${peer.port}`) })
})
