// SPDX-License-Identifier: Apache-2.0
/**
 * `node packages/kafka-records/test/capture-vectors.ts` writes `vectors/*.json` anew: what Kafka answers to Fetch after Java's producer,
 * librdkafka (confluent-kafka) and kafkajs wrote the same records in every compression that they have, and after transactions.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { openKafkaAdmin } from '@kaas/kafka-admin'
import { runProgram } from '@kaas/kafka-engine'
import { kafkaTool, pythonEnvironment, saslProperties, startKafka } from '@kaas/testkit'
import { Kafka as KafkaJs } from 'kafkajs'

const LINES = Array.from({ length: 40 }, (_, index) => ({
  key: index % 7 === 3 ? null : `key-${index}`,
  value: index % 5 === 4 ? null : `{"index":${index},"text":"${'Straße nach Köln 🚄 '.repeat(index)}"}`,
}))

const kafka = await startKafka()
const { username, password } = kafka.admin
const admin = openKafkaAdmin({
  bootstrapServers: [kafka.bootstrapServers],
  credentials: { username, password, mechanism: 'SCRAM-SHA-512' },
})
mkdirSync(`${import.meta.dirname}/vectors`, { recursive: true })
try {
  for (const compression of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
    await capture(`java-${compression}`, (topic) => produceByJava(topic, compression))
    await capture(`librdkafka-${compression}`, (topic) => produceByLibrdkafka(topic, compression))
  }
  await capture('transactions', produceInTransactions)
} finally {
  await admin.close()
  await kafka.stop()
}

async function capture(name: string, write: (topic: string) => Promise<void>): Promise<void> {
  await admin.createTopic({ name, partitions: 1, configs: {} })
  await write(name)
  const [led] = await admin.findLeaders([name])
  const [answer] = await admin.fetchRecords({
    topic: name,
    topicId: led?.topicId ?? '',
    leader: led?.leader ?? 0,
    partitions: [{ partition: 0, offset: 0, maxBytes: 1_000_000 }],
    isolation: 'committed',
    maxBytes: 1_000_000,
    maxWaitMs: 500,
  })
  const aborted = (answer?.abortedTransactions ?? []).map((each) => [Number(each.producerId), Number(each.firstOffset)])
  const text = JSON.stringify({ aborted, records: answer?.records.toString('base64') })
  writeFileSync(`${import.meta.dirname}/vectors/${name}.json`, `${text}\n`)
  process.stdout.write(`${name}: ${answer?.records.length} bytes\n`)
}

async function produceByJava(topic: string, compression: string): Promise<void> {
  const input = LINES.map(({ key, value }) => `a:1,b:zwei\t${key ?? 'NULL'}\t${value ?? 'NULL'}\n`).join('')
  const reader = ['parse.key=true', 'parse.headers=true', 'null.marker=NULL'].flatMap((each) => ['--reader-property', each])
  const options = ['--bootstrap-server', kafka.bootstrapServers, '--topic', topic, '--compression-codec', compression]
  const config = saslProperties(kafka.admin)
  await kafkaTool('org.apache.kafka.tools.ConsoleProducer', [...options, ...reader], { input, config })
}

async function produceByLibrdkafka(topic: string, compression: string): Promise<void> {
  const script = [
    'import json, sys',
    'from confluent_kafka import Producer',
    'task = json.load(sys.stdin)',
    'producer = Producer(task["settings"])',
    'for line in task["lines"]:',
    '    producer.produce(task["topic"], line["value"], line["key"], headers=[("a", b"1"), ("b", None)])',
    'sys.exit(producer.flush(10))',
  ].join('\n')
  const settings = {
    'bootstrap.servers': kafka.bootstrapServers,
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.username': username,
    'sasl.password': password,
    'linger.ms': 200,
    'compression.type': compression,
  }
  const input = JSON.stringify({ topic, lines: LINES, settings })
  const requirements = `${import.meta.dirname}/../../../test/conformance/clients/confluent-python/requirements.txt`
  await runProgram(await pythonEnvironment(requirements), ['-c', script], { input })
}

/** Committed, aborted, committed, and one of another producer between; the last transaction stays open until Kafka ends it. */
async function produceInTransactions(topic: string): Promise<void> {
  const client = new KafkaJs({
    brokers: [kafka.bootstrapServers],
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: 0,
  })
  const plain = client.producer()
  const producer = client.producer({ transactionalId: 'teller', idempotent: true, maxInFlightRequests: 1 })
  await Promise.all([plain.connect(), producer.connect()])
  for (const [index, end] of (['commit', 'abort', 'commit'] as const).entries()) {
    const transaction = await producer.transaction()
    await transaction.send({ topic, messages: [{ key: 'first', value: `${end} ${index}` }] })
    await plain.send({ topic, messages: [{ key: null, value: `between ${index}` }] })
    await transaction.send({ topic, messages: [{ key: 'second', value: `${end} ${index}`, headers: { h: 'v' } }] })
    await transaction[end]()
  }
  await Promise.all([plain.disconnect(), producer.disconnect()])
}
