// SPDX-License-Identifier: Apache-2.0
/**
 * Debian's kcat (librdkafka 2.0.2) as a client of the story. It cannot do SCRAM with Kafka 4, which checks the nonce
 * strictly, so it logs in by PLAIN; it has no administration and no transactions.
 */
import { findProgram, runProgram } from '@kaas/testkit'
import type { AnswerOf, Client, ConsumeAnswer, MetadataAnswer, StoryRecord, Target, Task } from './client.ts'

const TIMEOUT_MS = 240_000

export const kcat: Client = {
  name: 'kcat 1.7.1 (librdkafka 2.0.2)',
  mechanisms: ['PLAIN'],
  compressions: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  verbs: ['metadata', 'produce', 'consume'],
  onlyThroughGateway: [],
  choosesPartition: true,
  hasConsumerProtocol: false,
  prepare: async () => {
    find()
  },
  run: async <T extends Task>(target: Target, task: T) => (await answer(target, task)) as AnswerOf<T>,
}

function answer(target: Target, task: Task): Promise<AnswerOf<Task>> {
  switch (task.verb) {
    case 'metadata':
      return metadata(target)
    case 'produce':
      return produce(target, task)
    case 'consume':
      return consume(target, task)
    default:
      throw new Error(`kcat has no ${task.verb}.`)
  }
}

async function metadata(target: Target): Promise<MetadataAnswer> {
  const found = JSON.parse(await call(target, ['-L', '-J']))
  return {
    brokers: found.brokers.map((broker: { name: string }) => {
      const [host, port] = broker.name.split(':')
      return [host, Number(port)]
    }),
    topics: Object.fromEntries(
      found.topics.map((topic: { topic: string; partitions: unknown[] }) => [topic.topic, topic.partitions.length]),
    ),
  }
}

/** One call for each partition, since kcat takes one for all records. */
async function produce(target: Target, task: Extract<Task, { verb: 'produce' }>): Promise<AnswerOf<typeof task>> {
  for (const [partition, records] of Map.groupBy(task.records, (record) => record.partition)) {
    const input = records.map((record) => `${record.key}:${record.value}\n`).join('')
    const where = ['-t', task.topic, '-p', String(partition), '-H', `index=${records[0]?.header}`]
    const codec = task.compression === 'none' ? [] : ['-z', task.compression]
    await call(target, ['-P', '-K:', ...codec, ...where], input)
  }
  return { delivered: [] }
}

async function consume(target: Target, task: Extract<Task, { verb: 'consume' }>): Promise<ConsumeAnswer> {
  const options = ['-c', String(task.count), '-J', '-q', '-X', 'auto.offset.reset=earliest']
  const lines = (await call(target, [...options, '-G', task.group, task.topic])).trim().split('\n')
  return { records: lines.map(recordOf) }
}

function recordOf(line: string): StoryRecord {
  const { headers, key, offset, partition, payload } = JSON.parse(line)
  return { partition, offset, key, value: payload, header: headers[1] }
}

async function call(target: Target, args: readonly string[], input = ''): Promise<string> {
  const settings = {
    'bootstrap.servers': target.bootstrapServers,
    'security.protocol': target.caFile === undefined ? 'SASL_PLAINTEXT' : 'SASL_SSL',
    'sasl.mechanism': target.mechanism,
    'sasl.username': target.username,
    'sasl.password': target.password,
    ...(target.caFile !== undefined && { 'ssl.ca.location': target.caFile }),
  }
  const connection = Object.entries(settings).flatMap(([name, value]) => ['-X', `${name}=${value}`])
  const { stdout } = await runProgram(find(), [...connection, ...args], { input, timeoutMs: TIMEOUT_MS })
  return stdout
}

function find(): string {
  return findProgram('kcat', { package: 'kcat', purpose: 'try librdkafka 2.0.2 against the gateway' })
}
