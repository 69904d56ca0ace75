// SPDX-License-Identifier: Apache-2.0
/** Reads record batches of several partitions of one topic from the broker that leads them. What is in them is not known here. */
import { KaasError } from '@kaas/errors'
import { fetch as api, PLANNED_BYTES } from '@kaas/kafka-protocol'
import { leaderMoved } from '../find-leaders.ts'
import type { KafkaClient } from '../kafka-client.ts'
import { kafkaError, throwUnlessOk } from '../kafka-error.ts'

/** What to read. The leader and the topic's id come from `findLeaders`. */
export interface FetchRequest {
  readonly topic: string
  readonly topicId: string
  readonly leader: number
  /** `maxBytes` is passed over for the first batch, so that a large one can be read at all. */
  readonly partitions: readonly { readonly partition: number; readonly offset: number; readonly maxBytes: number }[]
  readonly isolation: 'committed' | 'uncommitted'
  /** Of the whole answer. */
  readonly maxBytes: number
  /** How long the broker waits for a first byte; less than the call timeout. */
  readonly maxWaitMs: number
  readonly signal?: AbortSignal
}

/** What came of one partition. */
export interface FetchedPartition {
  readonly partition: number
  /** Whole batches, the last one perhaps cut short; the first may begin before the offset that was asked for. */
  readonly records: Buffer
  /** Transactions to leave out of `records`; null when all was asked for. */
  readonly abortedTransactions: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[] | null
  /** The offset after the last record that is replicated, and after the last one that no open transaction holds back. */
  readonly highWatermark: number
  readonly lastStableOffset: number
  readonly logStartOffset: number
  /** `moved`: ask who leads; `out-of-range`: retention or deletion took the offset away; `failed`: see `problem`. */
  readonly state: 'ok' | 'moved' | 'out-of-range' | 'failed'
  readonly problem?: KaasError
}

const OFFSET_OUT_OF_RANGE = 1

/** Throws `cancelled-by-caller` as soon as the signal aborts, and what `KafkaClient.ask` throws. */
export async function fetchRecords(client: KafkaClient, request: FetchRequest): Promise<readonly FetchedPartition[]> {
  const { topic, topicId, leader, isolation, maxBytes, maxWaitMs, signal } = request
  const partitions = request.partitions.map((each) => ({
    partition: each.partition,
    fetchOffset: BigInt(each.offset),
    partitionMaxBytes: each.maxBytes,
  }))
  const message = {
    maxWaitMs,
    minBytes: 1,
    maxBytes,
    isolationLevel: isolation === 'committed' ? 1 : 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [{ topic, topicId, partitions }],
    forgottenTopicsData: [],
    rackId: '',
  }
  const answer = await unlessAborted(client.ask(api, message, { kind: 'broker', nodeId: leader }), signal)
  throwUnlessOk(answer.errorCode, `fetch from ${topic}`)
  return answer.responses.flatMap((response) =>
    response.partitions.map(({ partitionIndex, errorCode, records, abortedTransactions, ...offsets }) => ({
      partition: partitionIndex,
      records: records ?? Buffer.alloc(0),
      abortedTransactions,
      highWatermark: Number(offsets.highWatermark),
      lastStableOffset: Number(offsets.lastStableOffset),
      logStartOffset: Number(offsets.logStartOffset),
      ...stateOf(errorCode, `fetch from ${topic}/${partitionIndex}`),
    })),
  )
}

/** Below this, bytes of other answers may share the memory. */
const LEAST_OWN_BYTES = 128 * 1024

/**
 * Gives the memory of an answer back at once, for those who read hundreds of megabytes: the collector would stop everything for each few
 * of them. Afterwards all `records` of the answer are empty.
 */
export function releaseRecords(answer: readonly FetchedPartition[]): void {
  for (const { records } of answer) {
    const { buffer } = records
    const own = buffer.byteLength > LEAST_OWN_BYTES && buffer.byteLength <= PLANNED_BYTES
    if (own && buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0)
  }
}

function stateOf(errorCode: number, about: string): Pick<FetchedPartition, 'state' | 'problem'> {
  if (errorCode === 0) return { state: 'ok' }
  const problem = kafkaError(errorCode, about)
  if (errorCode === OFFSET_OUT_OF_RANGE) return { state: 'out-of-range', problem }
  return { state: leaderMoved(errorCode) ? 'moved' : 'failed', problem }
}

async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return answer
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(new KaasError('cancelled-by-caller', { message: 'Reading from Kafka was given up.' }))
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([answer, promise])
  } finally {
    signal.removeEventListener('abort', abort)
    // Whoever lost the race may still fail, and nobody listens any more.
    answer.catch(() => undefined)
  }
}
