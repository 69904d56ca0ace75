// SPDX-License-Identifier: Apache-2.0
/**
 * Topic names inside the bytes that consumers of classic groups exchange. The broker reads them too: it drops committed offsets of
 * topics that no member subscribes to, and writes assignments itself while a group moves to KIP-848. So the broker must see
 * physical names and members must see theirs. Bytes that are none of these pass as they are: only their writer can read them.
 */
import {
  type ConsumerAssignment,
  type ConsumerSubscription,
  readAssignment,
  readSubscription,
  writeAssignment,
  writeSubscription,
} from '@kaas/kafka-protocol'
import type { NameView } from './name-view.ts'

/** A member's subscription as the broker must see it. */
export function physicalSubscription(view: NameView, bytes: Buffer): Buffer {
  const subscription = understood(bytes, readSubscription)
  if (subscription === undefined) return bytes
  subscription.topics = subscription.topics.map((topic) => view.toPhysical('topic', topic))
  for (const owned of subscription.ownedPartitions) owned.topic = view.toPhysical('topic', owned.topic)
  return writeSubscription(subscription)
}

/** A member's subscription as members see it. */
export function logicalSubscription(view: NameView, bytes: Buffer, dropped: () => void): Buffer {
  const subscription = understood(bytes, readSubscription)
  if (subscription === undefined) return bytes
  const isOwn = ownNames(view, dropped)
  subscription.topics = subscription.topics.filter(isOwn).map((topic) => view.toLogical('topic', topic))
  subscription.ownedPartitions = subscription.ownedPartitions.filter(({ topic }) => isOwn(topic))
  for (const owned of subscription.ownedPartitions) owned.topic = view.toLogical('topic', owned.topic)
  return writeSubscription(subscription)
}

/** An assignment as the broker must see it. `isCertain` says that the protocol type is known to be the consumers'. */
export function physicalAssignment(view: NameView, bytes: Buffer, isCertain: boolean): Buffer {
  const assignment = understoodAssignment(bytes, isCertain)
  if (assignment === undefined) return bytes
  for (const assigned of assignment.assignedPartitions) assigned.topic = view.toPhysical('topic', assigned.topic)
  return writeAssignment(assignment)
}

/** An assignment as the member sees it. */
export function logicalAssignment(view: NameView, bytes: Buffer, isCertain: boolean, dropped: () => void): Buffer {
  const assignment = understoodAssignment(bytes, isCertain)
  if (assignment === undefined) return bytes
  const isOwn = ownNames(view, dropped)
  assignment.assignedPartitions = assignment.assignedPartitions.filter(({ topic }) => isOwn(topic))
  for (const assigned of assignment.assignedPartitions) assigned.topic = view.toLogical('topic', assigned.topic)
  return writeAssignment(assignment)
}

/** SyncGroup says the protocol type only from v5 on: before, bytes count as an assignment when they are one to the last byte. */
function understoodAssignment(bytes: Buffer, isCertain: boolean): ConsumerAssignment | undefined {
  const assignment = understood(bytes, readAssignment)
  return assignment === undefined || isCertain || assignment.rest.length === 0 ? assignment : undefined
}

function understood<T extends ConsumerAssignment | ConsumerSubscription>(
  bytes: Buffer,
  read: (bytes: Buffer) => T,
): T | undefined {
  if (bytes.length === 0) return undefined
  try {
    return read(bytes)
  } catch {
    return undefined
  }
}

function ownNames(view: NameView, dropped: () => void): (topic: string) => boolean {
  return (topic) => {
    if (!view.isForeign('topic', topic)) return true
    dropped()
    return false
  }
}
