// SPDX-License-Identifier: Apache-2.0
/**
 * What consumers say to each other through the bytes in JoinGroup, SyncGroup and DescribeGroups when the protocol type is
 * `consumer`: which topics they subscribe to, and which partitions their leader gave them. The broker reads them too: it keeps
 * the offsets of subscribed topics, and makes assignments itself while a group moves to the new protocol (KIP-848).
 */
import { Reader, Writer } from './bytes.ts'
import { compile } from './compile.ts'
import { array, bytes, type Fields, type InputOf, int32, type MessageOf, string, topicName } from './schema.ts'

/** The protocol type of groups whose bytes these are. Kafka Connect has another, with other bytes. */
export const CONSUMER_PROTOCOL_TYPE = 'consumer'

/** Member metadata. v1 added owned partitions (KIP-429), v2 the generation (KIP-792), v3 the rack (KIP-881). */
export const subscriptionFields = {
  topics: array(topicName),
  /** The assignor's own, such as the previous assignment of the sticky one: seen by clients only, in the names they know. */
  userData: bytes.orNull(),
  ownedPartitions: array({ topic: topicName, partitions: array(int32) })
    .since(1)
    .ignorable(),
  generationId: int32.since(2).or(-1).ignorable(),
  rackId: string.since(3).orNull().ignorable(),
}

/** An assignment; no version differs from another. */
export const assignmentFields = {
  assignedPartitions: array({ topic: topicName, partitions: array(int32) }),
  userData: bytes.orNull(),
}

interface Versioned {
  /** As the sender says; one above 3 is read as 3. */
  readonly version: number
  /** What follows the fields that we know: a newer sender's fields, written back as they came. */
  readonly rest: Buffer
}

/** What a member of a group says it wants, and what it is given: the bytes inside JoinGroup and SyncGroup. */
export type ConsumerSubscription = Versioned & MessageOf<typeof subscriptionFields>
export type ConsumerAssignment = Versioned & MessageOf<typeof assignmentFields>

const NEWEST = 3
const EMPTY = Buffer.alloc(0)
const subscriptionCodecs = codecsOf(subscriptionFields, 'Consumer subscription')
const assignmentCodecs = codecsOf(assignmentFields, 'Consumer assignment')

/** Reads a subscription. Throws `frame-corrupt` when the bytes are none. */
export function readSubscription(encoded: Buffer): ConsumerSubscription {
  return read(subscriptionCodecs, encoded)
}

/** Writes a subscription; what its version cannot carry is dropped, as consumers themselves do. */
export function writeSubscription(subscription: Partial<Versioned> & InputOf<typeof subscriptionFields>): Buffer {
  return write(subscriptionCodecs, subscription)
}

/** Reads an assignment, which is empty for a member that got no partition. Throws `frame-corrupt` when the bytes are none. */
export function readAssignment(encoded: Buffer): ConsumerAssignment {
  return read(assignmentCodecs, encoded)
}

/** Writes an assignment. */
export function writeAssignment(assignment: Partial<Versioned> & InputOf<typeof assignmentFields>): Buffer {
  return write(assignmentCodecs, assignment)
}

type Codecs<F extends Fields> = readonly ReturnType<typeof compile<F>>[]

function codecsOf<F extends Fields>(fields: F, title: string): Codecs<F> {
  return [0, 1, 2, 3].map((version) => compile(fields, { version, flexible: false, title: `${title} v${version}` }))
}

function codecFor<F extends Fields>(codecs: Codecs<F>, version: number): ReturnType<typeof compile<F>> {
  return codecs[Math.min(Math.max(version, 0), NEWEST)] as ReturnType<typeof compile<F>>
}

function read<F extends Fields>(codecs: Codecs<F>, encoded: Buffer): Versioned & MessageOf<F> {
  const reader = new Reader(encoded)
  const version = reader.int16()
  const message = codecFor(codecs, version).read(reader)
  return { version, ...message, rest: encoded.subarray(reader.offset) }
}

function write<F extends Fields>(codecs: Codecs<F>, message: Partial<Versioned> & InputOf<F>): Buffer {
  const version = message.version ?? NEWEST
  const writer = new Writer(256)
  writer.int16(version)
  codecFor(codecs, version).write(writer, message)
  writer.bytes(message.rest ?? EMPTY)
  return writer.finish()
}
