// SPDX-License-Identifier: Apache-2.0
/** Many messages sent again: each read whole, written in batches that stay small, in the order of the offsets. */
import type { Message, ProduceAnswer, ProduceRequest, WholeMessage } from '@kaas/http-contract'
import { messageId } from './browse-log.ts'
import { type NewRecord, sameRecord } from './produce-form.ts'

/** How to read and write. */
export interface ResendMeans {
  readonly read: (message: Message) => Promise<WholeMessage>
  readonly write: (request: ProduceRequest) => Promise<ProduceAnswer>
  /** Into the partitions they came from; else by their keys. */
  readonly keepsPartition: boolean
}

/** What became of them. */
export interface ResendResult {
  readonly written: number
  /** `2:1500: …` of those that Kafka refused. */
  readonly problems: readonly string[]
}

const MOST_IN_BATCH = 50
/** Of keys, values and headers, before base64. */
const MOST_BYTES_IN_BATCH = 500_000

/** Sends them; `progress` hears how many are done. Stops between batches when the signal says so; throws what reading or writing throws. */
export async function resend(
  messages: readonly Message[],
  means: ResendMeans,
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<ResendResult> {
  const problems: string[] = []
  let done = 0
  for (const batch of batchesOf(messages)) {
    if (signal.aborted) break
    const records = await Promise.all(batch.map((message) => recordFor(message, means)))
    const { items } = await means.write({ records })
    items.forEach(({ problem }, index) => {
      const message = batch[index]
      if (problem !== undefined && message !== undefined) problems.push(`${messageId(message)}: ${problem}`)
    })
    done += batch.length
    progress(done)
  }
  return { written: done - problems.length, problems }
}

async function recordFor(message: Message, { read, keepsPartition }: ResendMeans): Promise<NewRecord> {
  const record = sameRecord(await read(message))
  return keepsPartition ? { ...record, partition: message.partition } : record
}

function batchesOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const sorted = [...messages].sort((one, other) => one.partition - other.partition || one.offset - other.offset)
  const batches: Message[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const message of sorted) {
    const last = batches.at(-1)
    if (last === undefined || last.length >= MOST_IN_BATCH || bytes + message.bytes > MOST_BYTES_IN_BATCH) {
      batches.push([message])
      bytes = message.bytes
    } else {
      last.push(message)
      bytes += message.bytes
    }
  }
  return batches
}
