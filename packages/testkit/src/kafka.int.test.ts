// SPDX-License-Identifier: Apache-2.0
/** The engine that all other integration tests stand on, tried with Kafka's own tools. */
import { startKafka as startEngine } from '@kaas/kafka-engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kafka, kafkaTool, saslProperties, startKafka } from './index.ts'

const TOPICS = 'org.apache.kafka.tools.TopicCommand'
let kafka: Kafka

beforeAll(async () => {
  kafka = await startKafka({ plainUsers: { 'orders.old': 'old-password' } })
})

afterAll(() => kafka?.stop())

test('the administrator creates a topic, and it is there after the broker was killed and started again', async () => {
  const config = saslProperties(kafka.admin)
  await kafkaTool(TOPICS, ['--bootstrap-server', kafka.bootstrapServers, '--create', '--topic', 'kept'], { config })
  const before = kafka.pid
  await kafka.kill('SIGKILL')
  expect(kafka.pid).toBeUndefined()
  await kafka.restart()
  expect(kafka.pid).not.toBe(before)
  const list = await kafkaTool(TOPICS, ['--bootstrap-server', kafka.bootstrapServers, '--list'], { config })
  expect(list.stdout.split('\n')).toContain('kept')
})

test('a user without an access rule sees no topic, by PLAIN too', async () => {
  const config = saslProperties({ username: 'orders.old', password: 'old-password', mechanism: 'PLAIN' })
  const list = await kafkaTool(TOPICS, ['--bootstrap-server', kafka.bootstrapServers, '--list'], { config })
  expect(list.stdout.trim()).toBe('')
})

test('a wrong password is refused', async () => {
  const config = saslProperties({ username: 'admin', password: 'wrong' })
  const list = await kafkaTool(TOPICS, ['--bootstrap-server', kafka.bootstrapServers, '--list'], {
    config,
    allowFailure: true,
  })
  expect(list.code).not.toBe(0)
})

test('a broker that cannot start says why and leaves no process', async () => {
  const options = { dataDirectory: `${kafka.dataDirectory}-second`, admin: kafka.admin, ports: [kafka.ports[0] as number] }
  await expect(startEngine(options)).rejects.toThrow(/Address already in use/)
})

test('three brokers form one cluster that replicates', async () => {
  const cluster = await startKafka({ brokers: 3 })
  try {
    const config = saslProperties(cluster.admin)
    const create = ['--create', '--topic', 'replicated', '--replication-factor', '3']
    await kafkaTool(TOPICS, ['--bootstrap-server', cluster.bootstrapServers, ...create], { config })
    const describe = ['--describe', '--topic', 'replicated']
    const { stdout } = await kafkaTool(TOPICS, ['--bootstrap-server', cluster.bootstrapServers, ...describe], { config })
    expect(stdout).toContain('ReplicationFactor: 3')
  } finally {
    await cluster.stop()
  }
})
