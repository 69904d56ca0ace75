// SPDX-License-Identifier: Apache-2.0
/** Produces records that somebody wrote by hand: where each goes, and what came of it. */
import { KaasError } from '@kaas/errors'
import type { Payload, ProduceAnswer, ProduceRequest } from '@kaas/http-contract'
import type { ProducedBatch } from '@kaas/kafka-admin'
import { type NewRecord, partitionForKey, writeBatch } from '@kaas/kafka-records'
import type { Messages } from './messages.ts'
import { findTopic, type TopicKey } from './topic-place.ts'

/** A record with its place in the request. */
interface Placed {
  readonly index: number
  readonly partition: number
  readonly record: NewRecord
}

/** Base64 without anything else; Node would pass over what is none. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * In the order of the request. A record without partition goes where Kafka's own clients send its key; without a key, all such records
 * of a request go to one partition. Throws `document-invalid` with the field for contents that are not what they claim to be, and
 * what `findTopic` throws; what one partition refuses is the problem of its records.
 */
export async function produceMessages(
  messages: Messages,
  key: TopicKey,
  request: ProduceRequest,
  now: () => number = Date.now,
): Promise<ProduceAnswer> {
  const place = await findTopic(messages.store, messages.own, key, 'write')
  const records = request.records.map((record, index) => recordOf(record, index, now()))
  const lease = await messages.leases.lend(place.place)
  let failed = true
  try {
    const { length: partitions } = await lease.admin.findLeaders([place.physical])
    const placed = placeRecords(request, records, partitions)
    const byPartition = [...Map.groupBy(placed, ({ partition }) => partition)]
    const batches = byPartition.map(([partition, group]) => {
      const batch = writeBatch(
        group.map(({ record }) => record),
        request.compression,
      )
      return { topic: place.physical, partition, batch }
    })
    const produced = await lease.admin.produce(batches)
    failed = produced.some(({ problem }) => problem !== undefined)
    const items = byPartition.flatMap(([, group], at) =>
      group.map((each, position) => answerFor(each, position, produced[at])),
    )
    return { items: items.sort((one, other) => one.index - other.index).map(({ index: _, ...item }) => item) }
  } finally {
    lease.giveBack(failed)
  }
}

function placeRecords(request: ProduceRequest, records: readonly NewRecord[], partitions: number): readonly Placed[] {
  const spare = Math.floor(Math.random() * partitions)
  return records.map((record, index) => {
    const asked = request.records[index]?.partition
    if (asked !== undefined && asked >= partitions) {
      throw invalid(`records.${index}.partition`, `The topic has the partitions 0 to ${partitions - 1}.`)
    }
    const partition = asked ?? (record.key === null ? spare : partitionForKey(record.key, partitions))
    return { index, partition, record }
  })
}

function answerFor({ index, partition }: Placed, position: number, produced: ProducedBatch | undefined) {
  if (produced?.baseOffset !== undefined) return { index, partition, offset: produced.baseOffset + position }
  return { index, partition, problem: produced?.problem?.message ?? 'Kafka did not answer for it.' }
}

function recordOf(record: ProduceRequest['records'][number], index: number, now: number): NewRecord {
  const path = `records.${index}`
  return {
    key: bytesOf(record.key, `${path}.key`),
    value: bytesOf(record.value, `${path}.value`),
    headers: (record.headers ?? []).map((header, at) => ({
      name: header.name,
      value: bytesOf(header.value, `${path}.headers.${at}.value`),
    })),
    timestamp: record.timestamp === undefined ? now : Date.parse(record.timestamp),
  }
}

function bytesOf(payload: Payload | undefined, path: string): Buffer | null {
  if (payload === undefined || payload.encoding === 'null') return null
  switch (payload.encoding) {
    case 'text':
      return Buffer.from(payload.data, 'utf8')
    case 'json':
      return Buffer.from(checkedJson(payload.data, path), 'utf8')
    case 'base64':
      if (!BASE64.test(payload.data)) throw invalid(path, 'It is not base64.')
      return Buffer.from(payload.data, 'base64')
    default:
      return payload satisfies never
  }
}

/** As it was written: big integers and the order of members stay. */
function checkedJson(text: string, path: string): string {
  try {
    JSON.parse(text)
    return text
  } catch (error) {
    throw invalid(path, `It is not JSON: ${error instanceof Error ? error.message : error}.`)
  }
}

function invalid(path: string, message: string): KaasError {
  return new KaasError('document-invalid', {
    message: `${path}: ${message}`,
    help: 'Correct the record; nothing was produced.',
    fields: [{ path, message }],
  })
}
