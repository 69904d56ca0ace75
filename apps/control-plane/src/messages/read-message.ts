// SPDX-License-Identifier: Apache-2.0
/** One whole record by its partition and offset, however large. */
import { KaasError } from '@kaas/errors'
import type { WholeMessage } from '@kaas/http-contract'
import type { FetchedPartition, KafkaAdmin } from '@kaas/kafka-admin'
import { headersOf, type KafkaRecord, readRecords, writtenBatches } from '@kaas/kafka-records'
import type { ReadingSpec } from './decoding/content-reader.ts'
import type { Messages } from './messages.ts'
import { findTopic, type TopicKey } from './topic-place.ts'

/** Which record, and how its key and value are read. */
export interface MessageQuestion {
  readonly partition: number
  readonly offset: number
  readonly key: ReadingSpec
  readonly value: ReadingSpec
}

/** A record as JSON, and its bytes. */
export interface FoundMessage {
  readonly message: WholeMessage
  readonly keyBytes: Buffer | null
  readonly valueBytes: Buffer | null
}

/** Text of contents is whole up to this; their bytes always are. */
const MOST_TEXT = 32 * 1024 * 1024
const FETCH_BYTES = 1024 * 1024

/** Throws `resource-absent` when there is no record at the offset, and what `findTopic` and Kafka throw. Takes a place of `person`. */
export async function readMessage(
  messages: Messages,
  key: TopicKey,
  question: MessageQuestion,
  person: string,
): Promise<FoundMessage> {
  const place = await findTopic(messages.store, messages.own, key, 'read')
  const giveBackSlot = messages.takeSlot(person)
  const lease = await messages.leases.lend(place.place).catch((error: unknown) => {
    giveBackSlot()
    throw error
  })
  let failed = true
  try {
    const answer = await fetchAt(lease.admin, place.physical, question)
    const record = recordAt(answer.records, question)
    const found = await wholeMessage(messages, question, answer.records, record)
    failed = false
    return found
  } finally {
    lease.giveBack(failed)
    giveBackSlot()
  }
}

async function fetchAt(admin: KafkaAdmin, topic: string, question: MessageQuestion): Promise<FetchedPartition> {
  const { partition, offset } = question
  const led = (await admin.findLeaders([topic])).find((each) => each.partition === partition)
  if (led?.leader === undefined) throw absent(question)
  const [answer] = await admin.fetchRecords({
    topic,
    topicId: led.topicId,
    leader: led.leader,
    partitions: [{ partition, offset, maxBytes: FETCH_BYTES }],
    isolation: 'uncommitted',
    maxBytes: FETCH_BYTES,
    maxWaitMs: 100,
  })
  if (answer === undefined || answer.state === 'out-of-range') throw absent(question)
  if (answer.problem !== undefined) throw answer.problem
  return answer
}

function recordAt(records: Buffer, question: MessageQuestion): KafkaRecord {
  for (const batch of writtenBatches(records)) {
    if (batch.lastOffset < question.offset) continue
    for (const record of readRecords(batch)) if (record.offset === question.offset) return record
    break
  }
  throw absent(question)
}

/** The evaluator reads key and value as the browse does; the bytes are added here. */
async function wholeMessage(
  messages: Messages,
  { partition, offset, key, value }: MessageQuestion,
  records: Buffer,
  record: KafkaRecord,
): Promise<FoundMessage> {
  const evaluating = await messages.pool.open({ key, value, isolation: 'uncommitted', previewBytes: MOST_TEXT })
  try {
    const task = { partition, from: offset, to: offset + 1, keep: 'first', most: 1, aborted: null } as const
    const [message] = (await evaluating.evaluate(task, records)).messages
    if (message === undefined) throw absent({ partition, offset })
    const headers = headersOf(record)
    const whole: WholeMessage = {
      ...message,
      key: withBytes(message.key, record.key),
      value: withBytes(message.value, record.value),
      headers: message.headers.map((header, index) => ({
        name: header.name,
        value: withBytes(header.value, headers[index]?.value ?? null),
      })),
    }
    return { message: whole, keyBytes: record.key, valueBytes: record.value }
  } finally {
    evaluating.close()
  }
}

function withBytes<C>(content: C | null, bytes: Buffer | null): (C & { base64: string }) | null {
  return content === null || bytes === null ? null : { ...content, base64: bytes.toString('base64') }
}

function absent({ partition, offset }: Pick<MessageQuestion, 'partition' | 'offset'>): KaasError {
  return new KaasError('resource-absent', {
    message: `There is no record at offset ${offset} of partition ${partition}.`,
    help: 'Retention or compaction may have removed it; markers of transactions take offsets too.',
  })
}
