// SPDX-License-Identifier: Apache-2.0
/** One record there and back, as the user: which topic, produce, consume, and what stays behind. */
import type { TenantNames } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { KafkaAdmin, TopicPartitions } from '@kaas/kafka-admin'
import { readBatches, readRecords, writeBatch } from '@kaas/kafka-records'
import type { StoredResource } from '@kaas/store'
import { aclsIn } from './acls-in.ts'
import type { ConnectionSteps } from './connection-steps.ts'
import { decideAccess } from './decide-access.ts'

/** Who is tested, and how names are written where she logs in. */
export interface TestedUser {
  readonly user: StoredResource<'User'>
  readonly names: TenantNames
}

/** The key and the header of the record, so that readers can tell it. */
const MARK = 'kaas-connection-test'
const FETCH_BYTES = 1024 * 1024
/** Names that are looked at for one the user may use. */
const MOST_NAMES = 1_000

/** Runs the steps `metadata` to `clean-up`. `client` is logged in as the user, where she logs in. Returns the topic. */
export async function roundTrip(
  steps: ConnectionSteps,
  client: KafkaAdmin,
  { user, names }: TestedUser,
  wanted: string | undefined,
): Promise<string> {
  let topic: TopicPartitions | undefined
  await steps.run('metadata', async () => {
    topic = await chooseTopic(client, { user, names }, wanted)
    return `The topic ${topic.name} has ${topic.partitions.length} partitions, partition 0 is led by broker ${topic.partitions[0]?.leader ?? 'none'}.`
  })
  if (topic === undefined) return wanted ?? ''
  const { name } = topic
  let offset: number | undefined
  await steps.run('produce', async () => {
    if (!may({ user, names }, name, 'write')) return { leftOut: `She may not write to ${name}.` }
    offset = await produceOne(client, name)
    return `One record was taken at offset ${offset} of partition 0.`
  })
  await steps.run('consume', async () => {
    if (!may({ user, names }, name, 'read')) return { leftOut: `She may not read ${name}.` }
    return await consumeOne(client, topic as TopicPartitions, offset)
  })
  await steps.run('clean-up', async () => {
    await client.close()
    if (offset === undefined) return 'Nothing was left behind.'
    return `The record stays until retention takes it: no value, key and header "${MARK}".`
  })
  return name
}

async function chooseTopic(client: KafkaAdmin, tested: TestedUser, wanted: string | undefined): Promise<TopicPartitions> {
  const all = wanted === undefined ? await client.listTopicNames('', MOST_NAMES) : [wanted]
  const names = all.filter((name) => isTenants(tested.names, name))
  const best =
    names.find((name) => may(tested, name, 'write') && may(tested, name, 'read')) ??
    names.find((name) => may(tested, name, 'write') || may(tested, name, 'read'))
  const [topic] = best === undefined ? [] : await client.describePartitions([best])
  if (topic !== undefined) return topic
  throw new KaasError('resource-absent', {
    message: wanted === undefined ? 'There is no topic that she may write or read.' : `She sees no topic "${wanted}".`,
    help: 'Create a topic, or give her a role: producer, consumer or admin.',
  })
}

/** Not one of the platform: a user who may read everything sees those too. */
function isTenants(names: TenantNames, topic: string): boolean {
  return names.logical(names.physical(topic)) !== undefined
}

function may({ user: { name, spec }, names }: TestedUser, topic: string, operation: 'read' | 'write'): boolean {
  const principal = names.principal(name, spec.authentication)
  const asked = { principal, resource: 'topic', name: names.physical(topic), operation } as const
  return decideAccess(aclsIn(names, name, spec), asked).allowed
}

async function produceOne(client: KafkaAdmin, topic: string): Promise<number> {
  const mark = Buffer.from(MARK)
  const record = { key: mark, value: null, timestamp: Date.now(), headers: [{ name: MARK, value: Buffer.from('1') }] }
  const [produced] = await client.produce([{ topic, partition: 0, batch: writeBatch([record]) }])
  if (produced?.baseOffset !== undefined) return produced.baseOffset
  throw produced?.problem ?? new KaasError('kafka-refused', { message: 'Kafka did not say where the record is.' })
}

/** From the record that was just produced, or what is newest when nothing was. */
async function consumeOne(client: KafkaAdmin, topic: TopicPartitions, produced: number | undefined): Promise<string> {
  const [latest] = await client.listOffsets([{ topic: topic.name, partition: 0 }], { kind: 'latest' })
  if (latest?.problem !== undefined) throw latest.problem
  const offset = produced ?? Math.max(0, (latest?.offset ?? 0) - 1)
  const [fetched] = await client.fetchRecords({
    topic: topic.name,
    topicId: topic.topicId,
    leader: topic.partitions[0]?.leader ?? -1,
    partitions: [{ partition: 0, offset, maxBytes: FETCH_BYTES }],
    isolation: 'uncommitted',
    maxBytes: FETCH_BYTES,
    maxWaitMs: 1_000,
  })
  if (fetched === undefined || fetched.state !== 'ok') {
    throw fetched?.problem ?? new KaasError('kafka-refused', { message: 'Kafka answered nothing for the partition.' })
  }
  if (produced === undefined) return 'Reading is allowed; what is there was left alone.'
  for (const batch of readBatches(fetched.records)) {
    for (const record of readRecords(batch)) {
      if (record.offset === produced && record.key?.toString() === MARK)
        return `The record came back from offset ${produced}.`
    }
  }
  throw new KaasError('kafka-refused', {
    message: `The record was taken at offset ${produced} and did not come back.`,
    help: 'Look whether the topic is compacted or emptied at this moment, and try again.',
  })
}
