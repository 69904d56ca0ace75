// SPDX-License-Identifier: Apache-2.0
/** Topics as Kafka has them: also those that no document describes, with sizes, partitions, settings and readers. */
import type { KafkaTopicAnswer, ViewListOptions } from '@kaas/http-contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from './api.ts'
import { liveStream } from './live.ts'
import { queryClient } from './query-client.ts'

/** Topics of the first request, and of those that come as somebody scrolls on or takes all. */
const FIRST_PAGE = 200
const FURTHER_PAGE = 1000
const KEY = 'kafka-topics'
/** How often what moves by itself is asked for anew while somebody looks. */
const REFRESH_MS = 10_000
const FOLLOW_MS = 2000

/** The topics of a tenant, page by page; the server sorts and filters. */
export function kafkaTopicsQuery(tenant: string, { sort, filter }: Pick<ViewListOptions, 'sort' | 'filter'> = {}) {
  return infiniteQueryOptions({
    queryKey: [KEY, tenant, 'list', { sort: sort ?? '', filter: filter ?? '' }],
    queryFn: ({ signal, pageParam }) =>
      api(signal).listKafkaTopics(tenant, {
        limit: pageParam === '' ? FIRST_PAGE : FURTHER_PAGE,
        ...(sort !== undefined && sort !== '' && { sort }),
        ...(filter !== undefined && filter !== '' && { filter }),
        ...(pageParam !== '' && { cursor: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** All topics of a list, for CSV. */
export async function loadAllKafkaTopics(
  tenant: string,
  { sort = 'name', filter = '' }: Pick<ViewListOptions, 'sort' | 'filter'> = {},
): Promise<readonly KafkaTopicAnswer[]> {
  const all: KafkaTopicAnswer[] = []
  let cursor: string | undefined
  do {
    const query = { limit: FURTHER_PAGE, sort, ...(filter !== '' && { filter }), ...(cursor !== undefined && { cursor }) }
    const page = await api().listKafkaTopics(tenant, query)
    all.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return all
}

/** The first names that contain `part`, for fields in which a topic is chosen. */
export function topicNamesQuery(tenant: string, part: string) {
  return queryOptions({
    queryKey: [KEY, tenant, 'names', part],
    queryFn: async ({ signal }) => {
      const filter = part === '' ? {} : { filter: `name~${part}` }
      const { items } = await api(signal).listKafkaTopics(tenant, { limit: 50, sort: 'name', ...filter })
      return items.map(({ name }) => name)
    },
  })
}

/** Partitions with leaders, replicas and offsets. */
export function topicPartitionsQuery(tenant: string, topic: string) {
  return queryOptions({
    queryKey: [KEY, tenant, 'partitions', topic],
    queryFn: ({ signal }) => api(signal).topicPartitions(tenant, topic),
    refetchInterval: REFRESH_MS,
  })
}

/** Settings in force. */
export function topicSettingsQuery(tenant: string, topic: string) {
  return queryOptions({
    queryKey: [KEY, tenant, 'settings', topic],
    queryFn: ({ signal }) => api(signal).topicSettings(tenant, topic),
  })
}

/** Who reads it. */
export function topicGroupsQuery(tenant: string, topic: string) {
  return queryOptions({
    queryKey: [KEY, tenant, 'groups', topic],
    queryFn: ({ signal }) => api(signal).topicGroups(tenant, topic),
    refetchInterval: REFRESH_MS,
  })
}

/** Asks anew soon after a document of a topic changed, which Kafka follows; for as long as the component is there. */
export function useFollowTopics(tenant: string): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = liveStream.watchEvents((event) => {
      if (event.kind !== 'Topic' || event.tenant !== tenant) return
      timer ??= setTimeout(() => {
        timer = undefined
        void forgetKafkaTopics(tenant)
      }, FOLLOW_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [tenant])
}

/** What was read of topics of the tenant is asked for anew: after one was made, changed or deleted. */
export function forgetKafkaTopics(tenant: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: [KEY, tenant] })
}
