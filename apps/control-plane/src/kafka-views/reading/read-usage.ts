// SPDX-License-Identifier: Apache-2.0
/**
 * What topics hold: bytes on disk, offsets at both ends, and rates since the reading before. For one tenant or for a whole cluster; a
 * broker that does not answer takes away its own partitions only.
 */
import { KaasError } from '@kaas/errors'
import type { KafkaAdmin, ListedOffset, TopicPartitions } from '@kaas/kafka-admin'

/** What one topic holds. A member is absent when a broker that knows it did not answer. */
export interface TopicUsage {
  /** Of one replica. */
  readonly bytes?: number
  /** Latest minus earliest offsets. */
  readonly records?: number
  /** Sum of the latest offsets: grows by one with each record ever written. */
  readonly written?: number
  readonly recordsInPerS?: number
  /** Records per second times the mean size of what is kept. */
  readonly bytesInPerS?: number
}

/** One reading. */
export interface UsageReading {
  /** When, on the clock that only counts up. Milliseconds. */
  readonly atMs: number
  /** By physical name. */
  readonly topics: ReadonlyMap<string, TopicUsage>
  /** Latest offsets by `topic/partition`, physical. */
  readonly latest: ReadonlyMap<string, number>
  readonly problem?: KaasError
}

/** Topics per question for offsets: answers are decoded in one go, and others wait meanwhile. */
const SLICE = 2_500
/** Beyond so many topics every broker is asked for all its disks: naming them costs more than leaving some out. */
const MOST_NAMED = 2_000
/** Rates over a shorter time would jump. */
const SHORTEST_RATE_MS = 4_000

/** Reads `topics`; `before` is the reading that rates are counted from. */
export async function readUsage(
  admin: KafkaAdmin,
  topics: readonly TopicPartitions[],
  before: UsageReading | undefined,
): Promise<UsageReading> {
  const atMs = performance.now()
  if (topics.length === 0) return { atMs, topics: new Map(), latest: new Map() }
  const [sizes, earliest, latest] = await Promise.all([
    readSizes(admin, topics),
    readEnds(admin, topics, 'earliest'),
    readEnds(admin, topics, 'latest'),
  ])
  const found = new Map<string, TopicUsage>()
  for (const topic of topics) found.set(topic.name, usageOf(topic, sizes.bytes, earliest.offsets, latest.offsets))
  const problem = sizes.problem ?? earliest.problem ?? latest.problem
  const reading = { atMs, topics: found, latest: latest.offsets, ...(problem === undefined ? {} : { problem }) }
  return withRates(reading, before)
}

/** `topic/partition`, the key of maps of partitions. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}/${partition}`
}

interface Sizes {
  readonly bytes: ReadonlyMap<string, number>
  readonly problem?: KaasError | undefined
}

/** The largest replica of each partition: followers lag behind, and a new one begins empty. */
async function readSizes(admin: KafkaAdmin, topics: readonly TopicPartitions[]): Promise<Sizes> {
  const wanted =
    topics.length > MOST_NAMED
      ? undefined
      : new Map(topics.map(({ name, partitions }) => [name, partitions.map(({ id }) => id)]))
  const brokers = await admin.describeLogDirs(wanted)
  const bytes = new Map<string, number>()
  for (const { replicas } of brokers) {
    for (const replica of replicas) {
      const key = partitionKey(replica.topic, replica.partition)
      bytes.set(key, Math.max(bytes.get(key) ?? 0, replica.bytes))
    }
  }
  return { bytes, problem: brokers.find(({ problem }) => problem !== undefined)?.problem }
}

interface Ends {
  readonly offsets: ReadonlyMap<string, number>
  readonly problem?: KaasError | undefined
}

async function readEnds(admin: KafkaAdmin, topics: readonly TopicPartitions[], kind: 'earliest' | 'latest'): Promise<Ends> {
  const offsets = new Map<string, number>()
  let problem: KaasError | undefined
  for (let at = 0; at < topics.length; at += SLICE) {
    for (const each of await listEnds(admin, topics.slice(at, at + SLICE), kind)) {
      problem ??= each.problem
      if (each.offset !== undefined) offsets.set(partitionKey(each.topic, each.partition), each.offset)
    }
  }
  return { offsets, problem }
}

/** A topic that went meanwhile, or that the broker asked has not heard of yet, is left out at the second try. */
async function listEnds(
  admin: KafkaAdmin,
  topics: readonly TopicPartitions[],
  kind: 'earliest' | 'latest',
): Promise<readonly ListedOffset[]> {
  const list = (some: readonly TopicPartitions[]) =>
    admin.listOffsets(
      some.flatMap(({ name, partitions }) => partitions.map(({ id }) => ({ topic: name, partition: id }))),
      { kind },
    )
  try {
    return await list(topics)
  } catch (error) {
    if (!(error instanceof KaasError) || error.code !== 'resource-absent') throw error
    return await list(await admin.describePartitions(topics.map(({ name }) => name)))
  }
}

function usageOf(
  { name, partitions }: TopicPartitions,
  sizes: ReadonlyMap<string, number>,
  earliest: ReadonlyMap<string, number>,
  latest: ReadonlyMap<string, number>,
): TopicUsage {
  const keys = partitions.map(({ id }) => partitionKey(name, id))
  const bytes = sumOf(keys, sizes)
  const written = sumOf(keys, latest)
  const begun = sumOf(keys, earliest)
  return {
    ...(bytes === undefined ? {} : { bytes }),
    ...(written === undefined ? {} : { written }),
    ...(written === undefined || begun === undefined ? {} : { records: written - begun }),
  }
}

/** Undefined when one is missing: a sum without it would be a wrong number. */
function sumOf(keys: readonly string[], values: ReadonlyMap<string, number>): number | undefined {
  let sum = 0
  for (const key of keys) {
    const value = values.get(key)
    if (value === undefined) return undefined
    sum += value
  }
  return sum
}

function withRates(reading: UsageReading, before: UsageReading | undefined): UsageReading {
  const elapsedMs = reading.atMs - (before?.atMs ?? Number.POSITIVE_INFINITY)
  if (before === undefined || elapsedMs < SHORTEST_RATE_MS) return reading
  const topics = new Map<string, TopicUsage>()
  for (const [name, usage] of reading.topics) topics.set(name, rated(usage, before.topics.get(name), elapsedMs / 1000))
  return { ...reading, topics }
}

function rated(now: TopicUsage, before: TopicUsage | undefined, seconds: number): TopicUsage {
  // Less than before: the topic was made anew under its name.
  if (now.written === undefined || before?.written === undefined || now.written < before.written) return now
  const recordsInPerS = (now.written - before.written) / seconds
  if (now.bytes === undefined || now.records === undefined || now.records === 0) return { ...now, recordsInPerS }
  return { ...now, recordsInPerS, bytesInPerS: (recordsInPerS * now.bytes) / now.records }
}
