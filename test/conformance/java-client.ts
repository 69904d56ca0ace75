// SPDX-License-Identifier: Apache-2.0
/** Kafka's own Java tools as a client of the story. The console producer places records by key, and no tool has transactions. */
import { kafkaTool, saslProperties } from '@kaas/testkit'
import type {
  AdminAnswer,
  AnswerOf,
  Client,
  ConsumeAnswer,
  MetadataAnswer,
  SteadyAnswer,
  StoryRecord,
  Target,
  Task,
} from './client.ts'

const TOOLS = 'org.apache.kafka.tools'
const TIMEOUT_MS = 240_000

export const javaTools: Client = {
  name: 'Java tools 4.3.1',
  mechanisms: ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN'],
  compressions: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  verbs: ['metadata', 'produce', 'consume', 'admin', 'steady'],
  onlyThroughGateway: [],
  choosesPartition: false,
  hasConsumerProtocol: true,
  prepare: async () => {
    await javaTool(undefined, 'TopicCommand', ['--version'])
  },
  run: async <T extends Task>(target: Target, task: T) => (await answer(target, task)) as AnswerOf<T>,
}

/** Runs one of the tools as the target's user and resolves with what it printed. */
export async function javaTool(
  target: Target | undefined,
  tool: string,
  args: readonly string[],
  options: { readonly input?: string; readonly more?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const connect = target === undefined ? [] : ['--bootstrap-server', target.bootstrapServers]
  const mainClass = tool.startsWith('kafka.') ? tool : `${TOOLS}.${tool}`
  const config = target === undefined ? {} : { config: { ...saslProperties(target), ...options.more } }
  const input = options.input === undefined ? {} : { input: options.input }
  return (await kafkaTool(mainClass, [...connect, ...args], { ...config, ...input, timeoutMs: TIMEOUT_MS })).stdout
}

function answer(target: Target, task: Task): Promise<AnswerOf<Task>> {
  switch (task.verb) {
    case 'metadata':
      return metadata(target)
    case 'produce':
      return produce(target, task)
    case 'consume':
      return consume(target, task)
    case 'admin':
      return admin(target, task)
    case 'steady':
      return steady(target, task)
    case 'transact':
      throw new Error('The Java tools have no transactions.')
  }
}

async function metadata(target: Target): Promise<MetadataAnswer> {
  const versions = await javaTool(target, 'BrokerApiVersionsCommand', [])
  const topics = await javaTool(target, 'TopicCommand', ['--describe'])
  return {
    brokers: [...versions.matchAll(/^(\S+):(\d+) \(id: /gm)].map(([, host = '', port]) => [host, Number(port)] as const),
    topics: Object.fromEntries(
      [...topics.matchAll(/^Topic: (\S+)\t.*PartitionCount: (\d+)/gm)].map(([, name, count]) => [name, Number(count)]),
    ),
  }
}

async function produce(target: Target, task: Extract<Task, { verb: 'produce' }>): Promise<AnswerOf<typeof task>> {
  const input = task.records.map((record) => `index:${record.header}\t${record.key}\t${record.value}\n`).join('')
  const reader = ['--reader-property', 'parse.key=true', '--reader-property', 'parse.headers=true']
  const options = ['--topic', task.topic, '--compression-codec', task.compression, ...reader]
  await javaTool(target, 'ConsoleProducer', options, { input })
  return { delivered: [] }
}

async function consume(target: Target, task: Extract<Task, { verb: 'consume' }>): Promise<ConsumeAnswer> {
  const print = ['partition', 'offset', 'headers', 'key'].flatMap((part) => ['--formatter-property', `print.${part}=true`])
  const options = ['--topic', task.topic, '--group', task.group, '--from-beginning', '--max-messages', String(task.count)]
  const more = task.groupProtocol === undefined ? {} : { 'group.protocol': task.groupProtocol }
  const printed = await javaTool(target, 'consumer.ConsoleConsumer', [...options, ...print], { more })
  return { records: printed.trim().split('\n').map(recordOf) }
}

function recordOf(line: string): StoryRecord {
  const [partition = '', offset = '', header = '', key = '', value = ''] = line.split('\t')
  const number = (text: string) => Number(text.split(':')[1])
  return { partition: number(partition), offset: number(offset), header: header.split(':')[1] ?? '', key, value }
}

async function admin(target: Target, { group, topic }: Extract<Task, { verb: 'admin' }>): Promise<AdminAnswer> {
  const topicCommand = (...args: string[]) => javaTool(target, 'TopicCommand', [...args, '--topic', topic])
  await topicCommand('--create', '--partitions', '2', '--config', 'retention.ms=3600000')
  await topicCommand('--alter', '--partitions', '4')
  const described = await topicCommand('--describe')
  const config = await javaTool(target, 'kafka.admin.ConfigCommand', [
    '--describe',
    '--entity-type',
    'topics',
    '--entity-name',
    topic,
  ])
  const groups = await javaTool(target, 'GroupsCommand', ['--list'])
  const offsets = await javaTool(target, 'consumer.group.ConsumerGroupCommand', ['--describe', '--group', group])
  await topicCommand('--delete')
  const left = await javaTool(target, 'TopicCommand', ['--list'])
  return {
    partitions: Number(described.match(/PartitionCount: (\d+)/)?.[1]),
    retentionMs: config.match(/retention\.ms=(\d+)/)?.[1] ?? '',
    groups: groups
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(/\s+/)[0] ?? '')
      .sort(),
    committed: committedIn(offsets, group),
    deleted: !left.split('\n').includes(topic),
  }
}

/** Rows of the tool's table that are about the group: GROUP TOPIC PARTITION CURRENT-OFFSET … */
function committedIn(table: string, group: string): AdminAnswer['committed'] {
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/))
  return rows
    .filter(([first]) => first === group)
    .map(([, topic = '', partition, offset]) => [topic, Number(partition), Number(offset)] as const)
    .sort((a, b) => a[1] - b[1])
}

/** Kafka's own tools for tests of rolling restarts: each record and each failure is a line of JSON. */
async function steady(target: Target, { topic, group, seconds }: Extract<Task, { verb: 'steady' }>): Promise<SteadyAnswer> {
  const perSecond = 100
  const count = String(perSecond * seconds)
  const options = { config: saslProperties(target), timeoutMs: TIMEOUT_MS + seconds * 1000 }
  const where = ['--bootstrap-server', target.bootstrapServers, '--topic', topic]
  const producing = kafkaTool(
    `${TOOLS}.VerifiableProducer`,
    [...where, '--max-messages', count, '--throughput', String(perSecond), '--acks', '-1'],
    { ...options, config: { ...options.config, ...AS_APPLICATIONS } },
  )
  const reading = kafkaTool(
    `${TOOLS}.VerifiableConsumer`,
    [...where, '--group-id', group, '--max-messages', count, '--reset-policy', 'earliest', '--verbose'],
    options,
  )
  const [sent, read] = (await Promise.all([producing, reading])).map(({ stdout }) => linesOfJson(stdout))
  const acknowledged = (sent ?? []).filter(({ name }) => name === 'producer_send_success')
  const failed = (sent ?? []).filter(({ name }) => name === 'producer_send_error')
  const different = new Set((read ?? []).filter(({ name }) => name === 'record_data').map(({ value }) => value))
  const times = acknowledged.map(({ timestamp }) => timestamp)
  return {
    acknowledged: acknowledged.length,
    read: different.size,
    failures: failed.map(({ message }) => `produce: ${message}`),
    longestGapMs: Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? time))),
  }
}

/** The tool gives a record up at the first lost connection unless it is told what applications do by default. */
const AS_APPLICATIONS = { retries: '2147483647', 'enable.idempotence': 'true' }

interface ToolLine {
  readonly name: string
  readonly timestamp: number
  readonly value?: string
  readonly message?: string
}

function linesOfJson(text: string): readonly ToolLine[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ToolLine)
}
