// SPDX-License-Identifier: Apache-2.0
/**
 * What Kafka has of one tenant, held in memory while somebody looks: topics, what they hold, groups. Lists are filtered and sorted
 * here, so that fifty thousand topics page as quickly as fifty. Kafka stays the truth: each part is read again after seconds.
 */
import type { SharedTopic, TenantNames } from '@kaas/domain'
import type { KaasError } from '@kaas/errors'
import type { GroupSummary, KafkaTopicAnswer } from '@kaas/http-contract'
import type { TopicPartitions } from '@kaas/kafka-admin'
import type { Store } from '@kaas/store'
import { ownerOfShared } from '../tenants/shared-topics.ts'
import { Kept, type Known } from './kept.ts'
import { groupKind, summaryOf } from './lists/group-list.ts'
import { OrderedList } from './lists/ordered-list.ts'
import { topicAnswerOf, topicKind } from './lists/topic-list.ts'
import { type GroupsReading, readGroups } from './reading/read-groups.ts'
import { readUsage, type UsageReading } from './reading/read-usage.ts'
import type { TenantHome, TenantKafka } from './tenant-kafka.ts'

/** A list and why a part of it is missing or old. Without a list nothing is known yet. */
export interface KnownList<T> {
  readonly list?: OrderedList<T>
  readonly problem?: KaasError
}

/** Milliseconds after which each part is read again. */
const TOPICS_AGE_MS = 1_500
const GROUPS_AGE_MS = 2_500
const USAGE_AGE_MS = 15_000
/** For sizes nobody waits long: the list is worth having without them. */
const FIRST_USAGE_PATIENCE_MS = 1_500

/** What was read, with how names are written where it was read, and which topics of others have one. */
export interface Named<T> {
  readonly names: TenantNames
  readonly shares: readonly SharedTopic[]
  readonly of: T
}

/** One per tenant that is looked at. */
export class TenantIndex {
  readonly #topics: Kept<Named<readonly TopicPartitions[]>>
  readonly #usage: Kept<UsageReading>
  readonly #groups: Kept<Named<GroupsReading>>
  readonly #documented: Kept<ReadonlySet<string>>
  #topicList: { readonly from: readonly unknown[]; readonly list: OrderedList<KafkaTopicAnswer> } | undefined
  #groupList: { readonly from: Named<GroupsReading>; readonly list: OrderedList<GroupSummary> } | undefined

  constructor(tenant: string, kafka: TenantKafka, store: Store) {
    this.#topics = new Kept(() => kafka.in(tenant, async (home) => named(home, await topicsOf(home))), {
      maxAgeMs: TOPICS_AGE_MS,
    })
    this.#usage = new Kept(
      async (before) => {
        const topics = (await this.#topics.get()).value?.of ?? []
        return await kafka.in(tenant, ({ admin }) => readUsage(admin, topics, before))
      },
      { maxAgeMs: USAGE_AGE_MS, firstPatienceMs: FIRST_USAGE_PATIENCE_MS },
    )
    this.#groups = new Kept(
      () => kafka.in(tenant, async (home) => named(home, await readGroups(home.admin, home.names.prefix))),
      { maxAgeMs: GROUPS_AGE_MS },
    )
    const names = async () => new Set(await store.listNames('Topic', tenant))
    this.#documented = new Kept<ReadonlySet<string>>(names, { maxAgeMs: TOPICS_AGE_MS })
  }

  /** All topics of the tenant, with what they hold as far as it is known. */
  async topics(): Promise<KnownList<KafkaTopicAnswer>> {
    const [topics, usage, documented] = await Promise.all([this.#topics.get(), this.#usage.get(), this.#documented.get()])
    // Somebody has just let the control plane in: sizes need not go on saying that she is out.
    if (topics.problem === undefined && usage.problem?.code === 'not-configured') this.#usage.expire()
    const problem = topics.problem ?? usage.problem ?? usage.value?.problem ?? documented.problem
    if (topics.value === undefined) return withProblem(problem)
    const home = topics.value
    const from = [topics.value, usage.value, documented.value]
    if (!from.every((each, at) => each === this.#topicList?.from[at])) {
      const answers = home.of.flatMap((topic) =>
        topicAnswerOf(home, topic, usage.value?.topics.get(topic.name), documented.value),
      )
      this.#topicList = { from, list: new OrderedList(topicKind, answers) }
    }
    return { list: this.#topicList?.list as OrderedList<KafkaTopicAnswer>, ...withProblem(problem) }
  }

  /** All groups of the tenant. */
  async groupList(): Promise<KnownList<GroupSummary>> {
    const { value, problem } = await this.#groups.get()
    const why = withProblem(problem ?? value?.of.problem)
    if (value === undefined) return why
    if (value !== this.#groupList?.from) {
      const summaries = [...value.of.groups.values()].flatMap((group) => {
        const name = value.names.logical(group.groupId)
        return name === undefined ? [] : [summaryOf(name, group)]
      })
      this.#groupList = { from: value, list: new OrderedList(groupKind, summaries) }
    }
    return { list: this.#groupList.list, ...why }
  }

  /** The groups as they were read, by physical id, and how names are written there. */
  groups(): Promise<Known<Named<GroupsReading>>> {
    return this.#groups.get()
  }

  /** After a change of ours: the next look sees it. */
  expireGroups(): void {
    this.#groups.expire()
  }
}

/** Own topics without what the platform keeps there, and those that others share. */
async function topicsOf({ admin, names, shares }: TenantHome): Promise<readonly TopicPartitions[]> {
  const foreign = shares.filter((share) => ownerOfShared(share, names) !== undefined)
  const [own, shared] = await Promise.all([
    admin.listPartitions(names.prefix),
    foreign.length === 0 ? [] : admin.describePartitions(foreign.map(({ physicalName }) => physicalName)),
  ])
  return [...own.filter(({ name }) => names.logical(name) !== undefined), ...shared]
}

function named<T>({ names, shares }: TenantHome, of: T): Named<T> {
  return { names, shares, of }
}

function withProblem(problem: KaasError | undefined): { readonly problem?: KaasError } {
  return problem === undefined ? {} : { problem }
}
