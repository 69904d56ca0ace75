// SPDX-License-Identifier: Apache-2.0
import { createTopics, describeCluster, findCoordinator, listGroups, metadata } from '@kaas/kafka-protocol'
import { afterEach, expect, test } from 'vitest'
import { type Script, type ScriptedBroker, startScriptedBroker } from '../test/scripted-broker.ts'
import { KafkaClient } from './kafka-client.ts'

const NOT_CONTROLLER = 41
const opened: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close()
})

async function broker(script: Script): Promise<ScriptedBroker> {
  const started = await startScriptedBroker(script)
  opened.push(started)
  return started
}

function client(brokers: readonly { port: number }[], callTimeoutMs = 2_000): KafkaClient {
  const bootstrapServers = brokers.map(({ port }) => `127.0.0.1:${port}`)
  const made = new KafkaClient({ bootstrapServers, callTimeoutMs, connectTimeoutMs: 500 })
  opened.push(made)
  return made
}

const topic = { name: 't', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }
const ASK = { includeClusterAuthorizedOperations: false }
const cluster = { throttleTimeMs: 0, errorCode: 0, clusterId: 'c', controllerId: 0, brokers: [] }
const created = (errorCode: number) => ({
  throttleTimeMs: 0,
  topics: [{ name: 't', errorCode, errorMessage: null, configs: null }],
})

test('a broker that is no longer the controller sends us to the next one', async () => {
  let controllerId = 0
  const nodes: ScriptedBroker[] = []
  const listed = () => nodes.map(({ host, port }, nodeId) => ({ nodeId, host, port }))
  const script = (nodeId: number): Script => ({
    onRequest: ({ api, reply }) => {
      if (api.key === metadata.key) return reply(metadata, { brokers: listed(), controllerId, topics: [] })
      reply(createTopics, created(nodeId === 1 ? 0 : NOT_CONTROLLER))
      controllerId = 1
    },
  })
  nodes.push(await broker(script(0)), await broker(script(1)))
  const asked = client(nodes.slice(0, 1)).ask(createTopics, { topics: [topic], validateOnly: false }, { kind: 'controller' })
  expect((await asked).topics[0]?.errorCode).toBe(0)
  expect(nodes[1]?.asked).toEqual(['CreateTopics'])
})

test('a lost connection is met once more on a new one, so a restarted broker is no failure', async () => {
  let closed = 0
  const peer = await broker({
    onRequest: ({ socket, reply }) => {
      if (closed > 0) return reply(describeCluster, cluster)
      closed += 1
      socket.destroy()
    },
  })
  expect((await client([peer]).ask(describeCluster, ASK)).clusterId).toBe('c')
})

test('a cluster that is away is told soon, not at the end of the call', async () => {
  const startedAt = performance.now()
  const gone = await startScriptedBroker()
  await gone.close()
  await expect(client([gone], 60_000).ask(describeCluster, ASK)).rejects.toMatchObject({ code: 'kafka-unavailable' })
  expect(performance.now() - startedAt).toBeLessThan(3_000)
})

test('of several bootstrap servers one that runs is enough', async () => {
  const gone = await startScriptedBroker()
  await gone.close()
  const alive = await broker({ onRequest: ({ reply }) => reply(describeCluster, cluster) })
  expect((await client([gone, alive]).ask(describeCluster, ASK)).clusterId).toBe('c')
})

test('a request that Kafka puts off is put off only until the call is over', async () => {
  const peer = await broker({ onRequest: ({ reply }) => reply(listGroups, { errorCode: 15, groups: [] }) })
  await expect(client([peer], 300).ask(listGroups, {})).rejects.toMatchObject({ code: 'kafka-unavailable' })
  expect(peer.asked.length).toBeGreaterThan(2)
})

test('a group without a coordinator is asked for until there is one: the first group of a cluster waits for its topic', async () => {
  let away = 6
  const peer = await broker({
    onRequest: ({ api, reply }) => {
      const node = { nodeId: 0, host: peer.host, port: peer.port }
      if (api.key === metadata.key) return reply(metadata, { brokers: [node], controllerId: 0, topics: [] })
      if (api.key === listGroups.key) return reply(listGroups, { errorCode: 0, groups: [] })
      const errorCode = away > 0 ? 15 : 0
      away -= 1
      reply(findCoordinator, { coordinators: [{ key: 'g', ...node, errorCode, errorMessage: null }] })
    },
  })
  expect((await client([peer], 5_000).ask(listGroups, {}, { kind: 'group', groupId: 'g' })).errorCode).toBe(0)
})

test('callers who come while a connection is being opened share it', async () => {
  const peer = await broker({ onRequest: ({ reply }) => reply(describeCluster, cluster) })
  const asking = client([peer])
  const answers = await Promise.all(Array.from({ length: 20 }, () => asking.ask(describeCluster, ASK)))
  expect(answers).toHaveLength(20)
})

test('under load a few connections share the work, and never more than a few', async () => {
  const sockets = new Set<unknown>()
  const peer = await broker({
    onRequest: ({ socket, reply }) => {
      sockets.add(socket)
      setTimeout(() => reply(describeCluster, cluster), 3)
    },
  })
  const asking = client([peer])
  const worker = async () => {
    for (let calls = 0; calls < 10; calls++) await asking.ask(describeCluster, ASK)
  }
  await Promise.all(Array.from({ length: 16 }, worker))
  expect(sockets.size).toBeGreaterThan(1)
  expect(sockets.size).toBeLessThanOrEqual(4)
})
