// SPDX-License-Identifier: Apache-2.0
/**
 * Makes a request of any API and version from its description, with chosen words where names stand. Fields that name nothing get
 * values that a broker takes, so that a request is refused for what it asks and not for its form.
 */
import { type Api, encodeRequest, type Fields, writeAssignment, writeSubscription } from '@kaas/kafka-protocol'

/** What a request says. */
export interface Words {
  readonly topic: string
  readonly group: string
  readonly transactionalId: string
  readonly user: string
  readonly regex: string
  readonly topicId: string
  /** Numbers by field name, over the usual ones. */
  readonly numbers: Readonly<Record<string, number>>
  /** `all` leaves lists out or empty and names null wherever the version allows it: how clients ask for everything. */
  readonly lists: 'one' | 'all'
}

type Spec = Fields[string]['spec']
type Shape = Spec['shape']
type Values = Record<string, unknown>

const CORRELATION_ID = 7

/** The frame with its length, or undefined when the description cannot be written in this version. */
export function makeRequest(api: Api, version: number, words: Words): Buffer {
  const message = makeStruct(api.request, version, words, '')
  return encodeRequest(api, version, { correlationId: CORRELATION_ID, clientId: 'walker' }, message)
}

function makeStruct(fields: Fields, version: number, words: Words, owner: string): Values {
  const values: Values = {}
  const present = Object.entries(fields).filter(([, { spec }]) => version >= spec.since && version <= spec.until)
  // Numbers first: what a text names may depend on a type beside it.
  for (const [name, { spec }] of present) if (isNumber(spec.shape)) values[name] = makeNumber(spec, name, words, owner)
  for (const [name, { spec }] of present) {
    if (name in values) continue
    values[name] =
      words.lists === 'all' && canBeNull(spec, version) ? null : makeValue(spec.shape, version, words, name, values)
  }
  return values
}

function canBeNull(spec: Spec, version: number): boolean {
  return version >= spec.nullableSince
}

function isNumber(shape: Shape): boolean {
  return shape.kind === 'primitive' && ['int8', 'int16', 'uint16', 'int32', 'int64', 'float64'].includes(shape.type)
}

function makeNumber({ shape }: Spec, name: string, words: Words, owner: string): number | bigint {
  const value = words.numbers[`${owner}.${name}`] ?? words.numbers[name] ?? NUMBERS[name] ?? 0
  return shape.kind === 'primitive' && shape.type === 'int64' ? BigInt(value) : value
}

function makeValue(shape: Shape, version: number, words: Words, name: string, beside: Values): unknown {
  switch (shape.kind) {
    case 'array':
      return words.lists === 'all' ? [] : [makeElement(shape.element, version, words, name, beside)]
    case 'struct':
      return makeStruct(shape.fields, version, words, name)
    case 'primitive':
      return makePrimitive(shape, words, name, beside)
  }
}

function makeElement(shape: Shape, version: number, words: Words, name: string, beside: Values): unknown {
  if (!isNumber(shape)) return makeValue(shape, version, words, name, beside)
  const value = NUMBERS[`${name}[]`] ?? 0
  return shape.kind === 'primitive' && shape.type === 'int64' ? BigInt(value) : value
}

function makePrimitive(shape: Shape & { kind: 'primitive' }, words: Words, name: string, beside: Values): unknown {
  switch (shape.type) {
    case 'bool':
      return BOOLEANS[name] ?? false
    case 'uuid':
      return shape.mark?.kind === 'topicId' ? words.topicId : '0'.repeat(32)
    case 'bytes':
      return makeBytes(name, words)
    case 'records':
      return Buffer.alloc(0)
    default:
      return makeText(shape.mark, words, name, beside)
  }
}

function makeText(mark: (Shape & { kind: 'primitive' })['mark'], words: Words, name: string, beside: Values): string {
  if (mark?.kind === 'name') return wordOf(mark.name, words)
  if (mark?.kind !== 'dependsOn') return TEXTS[name] ?? 'walker'
  const kind = mark.kinds[beside[mark.neighbour] as number]
  return kind === undefined ? '0' : wordOf(kind, words)
}

function wordOf(kind: string, words: Words): string {
  switch (kind) {
    case 'topic':
      return words.topic
    case 'group':
      return words.group
    case 'transactionalId':
      return words.transactionalId
    case 'user':
      return words.user
    case 'principal':
      return `User:${words.user}`
    case 'topicRegex':
    case 'transactionalIdRegex':
      return words.regex
    default:
      return ''
  }
}

function makeBytes(name: string, { topic }: Words): Buffer {
  const partitions = [{ topic, partitions: [0] }]
  switch (name) {
    case 'metadata':
      return writeSubscription({ topics: [topic], ownedPartitions: partitions })
    case 'assignment':
      return writeAssignment({ assignedPartitions: partitions })
    default:
      return Buffer.from('walker')
  }
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  includeClusterAuthorizedOperations: true,
  includeTopicAuthorizedOperations: true,
  includeAuthorizedOperations: true,
  includeSynonyms: true,
  includeFencedBrokers: true,
}

/** A member id as new consumers make it. */
const TEXTS: Readonly<Record<string, string>> = {
  memberId: '',
  protocolType: 'consumer',
  protocolName: 'range',
  host: '*',
  hostFilter: '*',
  mechanism: 'SCRAM-SHA-512',
  serverAssignor: 'uniform',
  entityType: 'user',
  key: 'producer_byte_rate',
}

const NUMBERS: Readonly<Record<string, number>> = {
  acks: 1,
  timeoutMs: 500,
  maxWaitMs: 5,
  maxWaitTime: 5,
  minBytes: 0,
  maxBytes: 1_000_000,
  partitionMaxBytes: 1_000_000,
  maxRecords: 100,
  batchSize: 100,
  replicaId: -1,
  replicaEpoch: -1,
  sessionEpoch: -1,
  currentLeaderEpoch: -1,
  leaderEpoch: -1,
  lastFetchedEpoch: -1,
  committedLeaderEpoch: -1,
  timestamp: -2,
  generationId: -1,
  generationIdOrMemberEpoch: -1,
  sessionTimeoutMs: 300,
  rebalanceTimeoutMs: 300,
  transactionTimeoutMs: 60_000,
  numPartitions: 1,
  replicationFactor: 1,
  count: 2,
  endpointType: 1,
  responsePartitionLimit: 2000,
  durationFilter: -1,
  retentionTimeMs: -1,
  producerId: -1,
  producerEpoch: -1,
  operation: 1,
  permissionType: 1,
  'creations.operation': 3,
  'creations.permissionType': 3,
  'resourceTypes[]': 2,
  'deletions.mechanism': 1,
  'upsertions.mechanism': 2,
  iterations: 4096,
}
