// SPDX-License-Identifier: Apache-2.0
/**
 * Moves the offsets of a group, or shows what would be. Whether somebody is in the group is looked at first, for a clear answer; Kafka
 * looks again at the moment of the change, and its word counts.
 */
import type { TenantNames } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { OffsetReset } from '@kaas/http-contract'
import type { KafkaAdmin } from '@kaas/kafka-admin'
import type { Store } from '@kaas/store'
import { type Actor, auditOf } from '../../services/actor.ts'
import type { KafkaViews } from '../kafka-views.ts'
import { partitionKey } from '../reading/read-usage.ts'
import type { TenantHome } from '../tenant-kafka.ts'
import { topicNameOf } from '../topics/topic-partitions.ts'
import { offsetsOf, readEnds } from './describe-group.ts'
import { byPartition, type FoundGroup, findGroup } from './find-group.ts'
import { planReset, type ResetRule } from './plan-reset.ts'

/** Which group, and where to. */
export interface ResetRequest {
  readonly tenant: string
  readonly group: string
  readonly reset: OffsetReset
  readonly dryRun: boolean
  readonly actor: Actor
}

/** One partition that moves, or would. Offsets are decimal texts. */
export interface MovedOffset {
  readonly topic: string
  readonly partition: number
  readonly before?: string
  readonly after: string
  readonly lagAfter: string
  readonly note?: string
}

/** Partitions that an audit record lists one by one. */
const MOST_AUDITED = 100

/**
 * Throws `resource-absent` for an unknown group, topic or partition, `resource-in-use` while the group has members (not for a dry
 * run), `usage-invalid` for a time that is none, and what Kafka fails with; a partition whose broker is away refuses the whole.
 */
export async function resetOffsets(
  views: KafkaViews,
  store: Store,
  { tenant, group: name, reset, dryRun, actor }: ResetRequest,
): Promise<{ readonly dryRun: boolean; readonly offsets: readonly MovedOffset[] }> {
  return await views.kafka.in(tenant, async (home) => {
    const group = await findGroup(home, name)
    if (!dryRun) refuseActive(group, name)
    const planned = await planAll(home, group, reset)
    if (dryRun) return { dryRun, offsets: planned.map((each) => movedOf(home.names, each)) }
    const subject = groupSubject(tenant, name)
    const offsets = planned.map((each) => movedOf(home.names, each))
    await store.saveAudit({ ...auditOf(actor, 'reset-offsets', subject), after: auditedOf(reset, offsets) })
    await home.admin
      .alterGroupOffsets(
        group,
        planned.map(({ topic, partition, after }) => ({ topic, partition, offset: after })),
      )
      .finally(() => views.indexOf(tenant).expireGroups())
    return { dryRun, offsets }
  })
}

/** The path of a group: what audit calls its subject. */
export function groupSubject(tenant: string, group: string): string {
  return `/v1/tenants/${tenant}/groups/${encodeURIComponent(group)}`
}

/** Throws `resource-in-use` when the group has members. */
export function refuseActive({ described, state }: FoundGroup, name: string): void {
  const { members } = described
  if (members.length === 0) return
  const clients = [...new Set(members.map(({ clientId }) => clientId))].slice(0, 3).join(', ')
  throw new KaasError('resource-in-use', {
    message: `The group "${name}" is ${state} with ${members.length} member${members.length === 1 ? '' : 's'} (${clients}): its offsets cannot be changed from outside.`,
    help: 'Stop all its consumers, wait until its state is Empty, and try again.',
  })
}

interface Planned {
  readonly topic: string
  readonly partition: number
  readonly before: bigint | undefined
  readonly after: bigint
  readonly latest: number
  readonly note?: string
}

async function planAll(home: TenantHome, group: FoundGroup, reset: OffsetReset): Promise<readonly Planned[]> {
  const partitions = await partitionsOf(home, group, reset.topics)
  const ends = await readEnds(home.admin, partitions)
  if (ends.problem !== undefined) throw ends.problem
  const existing = partitions.filter(({ topic, partition }) => ends.existing.has(partitionKey(topic, partition)))
  const ruleOf = await rulesFor(home, reset, existing)
  return existing.flatMap(({ topic, partition }): readonly Planned[] => {
    const key = partitionKey(topic, partition)
    const before = group.offsets.find((each) => each.topic === topic && each.partition === partition)?.offset
    const [earliest, latest] = [ends.earliest.get(key) ?? 0, ends.latest.get(key) ?? 0]
    const planned = planReset(ruleOf(key), { before, earliest, latest })
    return planned === undefined ? [] : [{ topic, partition, before, latest, ...planned }]
  })
}

interface Partition {
  readonly topic: string
  readonly partition: number
}

/** Those asked for, all of a topic where none is named; without topics all that the group has offsets of. */
async function partitionsOf(
  home: TenantHome,
  group: FoundGroup,
  topics: OffsetReset['topics'],
): Promise<readonly Partition[]> {
  if (topics === undefined) return group.offsets.map(({ topic, partition }) => ({ topic, partition }))
  const found = await home.admin.describePartitions(topics.map(({ topic }) => topicNameOf(home, topic)))
  const wanted = topics.flatMap(({ topic, partitions }) => {
    const name = topicNameOf(home, topic)
    const ids = found.find((each) => each.name === name)?.partitions.map(({ id }) => id)
    const missing = ids === undefined ? 'topic' : partitions?.find((id) => !ids.includes(id))
    if (ids === undefined || missing !== undefined) throw partitionAbsent(topic, missing)
    return (partitions ?? ids).map((partition): [string, Partition] => [
      partitionKey(name, partition),
      { topic: name, partition },
    ])
  })
  return [...new Map(wanted).values()].sort(byPartition)
}

function partitionAbsent(topic: string, missing: number | 'topic' | undefined): KaasError {
  const what =
    typeof missing === 'number' ? `The topic "${topic}" has no partition ${missing}` : `There is no topic "${topic}"`
  return new KaasError('resource-absent', { message: `${what}.`, help: 'Look at the topics of the tenant.' })
}

/** The rule of each partition, by its key; what needs asking is asked once for all. */
async function rulesFor(
  home: TenantHome,
  { to }: OffsetReset,
  partitions: readonly Partition[],
): Promise<(key: string) => ResetRule> {
  switch (to.kind) {
    case 'earliest':
    case 'latest':
      return () => ({ kind: to.kind })
    case 'offset':
      return () => ({ kind: 'offset', offset: BigInt(to.offset) })
    case 'shift':
      return () => ({ kind: 'shift', by: BigInt(to.by) })
    case 'time': {
      const found = await offsetsAt(home.admin, partitions, to.time)
      return (key) => ({ kind: 'time', found: found.get(key) })
    }
    case 'group': {
      const { offsets } = await findGroup(home, to.group)
      const other = new Map(offsets.map(({ topic, partition, offset }) => [partitionKey(topic, partition), offset]))
      return (key) => ({ kind: 'group', offset: other.get(key) })
    }
    default:
      return to satisfies never
  }
}

async function offsetsAt(admin: KafkaAdmin, partitions: readonly Partition[], time: string) {
  const ms = /^\d{4}-\d\d-\d\dT/.test(time) ? Date.parse(time) : Number.NaN
  if (Number.isNaN(ms)) {
    throw new KaasError('usage-invalid', {
      message: `"${time.slice(0, 60)}" is not a time.`,
      help: 'Write it like 2026-01-31T08:00:00Z.',
    })
  }
  const listed = await admin.listOffsets(partitions, { kind: 'timestamp', ms })
  const failed = listed.find(({ problem }) => problem !== undefined)
  if (failed?.problem !== undefined) throw failed.problem
  return offsetsOf(listed)
}

function movedOf({ logical }: TenantNames, { topic, partition, before, after, latest, note }: Planned): MovedOffset {
  return {
    topic: logical(topic) ?? topic,
    partition,
    ...(before === undefined ? {} : { before: String(before) }),
    after: String(after),
    lagAfter: String(BigInt(latest) - after),
    ...(note === undefined ? {} : { note }),
  }
}

function auditedOf({ to }: OffsetReset, offsets: readonly MovedOffset[]): object {
  const listed = offsets
    .slice(0, MOST_AUDITED)
    .map(({ topic, partition, before, after }) => ({ topic, partition, before, after }))
  return { to, partitions: offsets.length, offsets: listed }
}
