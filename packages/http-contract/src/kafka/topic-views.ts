// SPDX-License-Identifier: Apache-2.0
/**
 * Topics as Kafka has them now, by the names of the tenant: also those that Kafka clients made and no document describes. Answers
 * are partial while a cluster is away: `problem` says why, and what is known is still there.
 */
import { SHARE_ACCESS } from '@kaas/domain'
import { z } from 'zod'
import type { CheckedCall } from '../call-api.ts'
import { listQuerySchema } from '../query.ts'
import type { Route } from '../route.ts'

/** Why a part of an answer is missing: an error of the table, in words. */
export const partialProblemSchema = z.object({ code: z.string(), message: z.string(), help: z.string().optional() })
export type PartialProblem = Readonly<z.infer<typeof partialProblemSchema>>

/** Whose a topic is that another tenant shares with this one, and what may be done with its records here. */
export const sharedBySchema = z.object({
  tenant: z.string(),
  topic: z.string().describe('Its name there'),
  access: z.enum(SHARE_ACCESS),
})
export type SharedBy = Readonly<z.infer<typeof sharedBySchema>>

/** One topic of the list. Sizes and rates come with the sampling and are absent before its first round. */
export const kafkaTopicSchema = z.object({
  name: z.string(),
  tenant: z.string(),
  partitions: z.number().int(),
  replicationFactor: z.number().int(),
  underReplicated: z.number().int().describe('Partitions with fewer replicas in sync than there should be'),
  documented: z.boolean().describe('Whether a Topic resource describes it'),
  sharedBy: sharedBySchema.optional().describe('Absent for topics of the tenant itself'),
  bytes: z.number().optional().describe('On disk, one replica'),
  records: z.number().optional().describe('Latest minus earliest offsets'),
  bytesInPerS: z.number().optional(),
})
export type KafkaTopicAnswer = Readonly<z.infer<typeof kafkaTopicSchema>>

/** One partition. Offsets are decimal texts, because they are 64-bit numbers. */
export const partitionSchema = z.object({
  id: z.number().int(),
  leader: z.number().int().describe('-1 without one'),
  replicas: z.array(z.number().int()),
  inSync: z.array(z.number().int()),
  earliest: z.string().optional(),
  latest: z.string().optional(),
  bytes: z.number().optional(),
})
export type PartitionAnswer = Readonly<z.infer<typeof partitionSchema>>

/** One setting of a topic. */
export const topicSettingSchema = z.object({
  name: z.string(),
  value: z.string().optional().describe('Raw; absent when Kafka hides it'),
  meaning: z.string().optional().describe('As people say it: `4 weeks`, `1 GiB`, `unlimited`'),
  source: z.enum(['topic', 'broker', 'default']),
  differs: z.boolean().describe('From what the broker would use without it'),
  inherited: z.string().optional().describe('What holds when the topic does not say anything'),
  description: z.string().optional(),
})
export type TopicSetting = Readonly<z.infer<typeof topicSettingSchema>>

/** A group that reads the topic. */
export const topicGroupSchema = z.object({
  group: z.string(),
  state: z.string(),
  members: z.number().int(),
  lag: z.string().optional().describe('Records, over all partitions of this topic'),
})

const topic = z.object({ tenant: z.string().min(1), name: z.string().min(1) })
const inTenant = z.object({ tenant: z.string().min(1) })
const topicPage = z.object({
  items: z.array(kafkaTopicSchema),
  next: z.string().optional(),
  total: z.number().int().optional().describe('How many match the filter'),
  problem: partialProblemSchema.optional(),
})
const partitions = z.object({
  partitions: z.array(partitionSchema),
  sharedBy: sharedBySchema.optional(),
  problem: partialProblemSchema.optional(),
})
const settings = z.object({ settings: z.array(topicSettingSchema) })
const groups = z.object({ items: z.array(topicGroupSchema), problem: partialProblemSchema.optional() })

const path = '/v1/tenants/{tenant}/topics/{name}'

/** Lists of Kafka sort by the names of number columns as well: `-bytes`, `partitions`; filter: `name~pay,partitions>3,documented=false,shared=true`. */
export const viewListQuerySchema = listQuerySchema

/** The routes of topics as Kafka has them. */
export const TOPIC_VIEW_ROUTES = {
  listKafkaTopics: {
    id: 'listKafkaTopics',
    method: 'GET',
    path: '/v1/tenants/{tenant}/kafka-topics',
    summary: 'The topics that a tenant has or that are shared with it, as they are in Kafka, with sizes.',
    access: 'granted',
    right: { verb: 'read', kind: 'Topic' },
    params: inTenant,
    query: viewListQuerySchema,
    answers: { 200: topicPage },
  },
  topicPartitions: {
    id: 'topicPartitions',
    method: 'GET',
    path: `${path}/partitions`,
    summary: 'Leaders, replicas and offsets of a topic.',
    access: 'granted',
    right: { verb: 'read', kind: 'Topic' },
    params: topic,
    answers: { 200: partitions },
  },
  topicSettings: {
    id: 'topicSettings',
    method: 'GET',
    path: `${path}/settings`,
    summary: 'Settings in force, where they come from and what they mean.',
    access: 'granted',
    right: { verb: 'read', kind: 'Topic' },
    params: topic,
    answers: { 200: settings },
  },
  topicGroups: {
    id: 'topicGroups',
    method: 'GET',
    path: `${path}/groups`,
    summary: 'Who reads a topic, and how far behind.',
    access: 'granted',
    right: { verb: 'read', kind: 'Group' },
    params: topic,
    answers: { 200: groups },
  },
} as const satisfies Record<string, Route>

/** Which page of a list that Kafka gives. */
export interface ViewListOptions {
  readonly limit?: number
  readonly cursor?: string
  readonly sort?: string
  readonly filter?: string
}

/** Calls of topics as Kafka has them. */
export interface TopicViewCalls {
  listKafkaTopics(tenant: string, options?: ViewListOptions): Promise<z.infer<typeof topicPage>>
  topicPartitions(tenant: string, topic: string): Promise<z.infer<typeof partitions>>
  topicSettings(tenant: string, topic: string): Promise<readonly TopicSetting[]>
  topicGroups(tenant: string, topic: string): Promise<z.infer<typeof groups>>
}

/** Binds the calls. */
export function topicViewCalls(call: CheckedCall): TopicViewCalls {
  const at = (tenant: string, name: string) => `/v1/tenants/${encodeURIComponent(tenant)}/topics/${encodeURIComponent(name)}`
  return {
    listKafkaTopics: (tenant, query) =>
      call(topicPage, { path: `/v1/tenants/${encodeURIComponent(tenant)}/kafka-topics`, query: { ...query } }),
    topicPartitions: (tenant, name) => call(partitions, { path: `${at(tenant, name)}/partitions` }),
    topicSettings: async (tenant, name) => (await call(settings, { path: `${at(tenant, name)}/settings` })).settings,
    topicGroups: (tenant, name) => call(groups, { path: `${at(tenant, name)}/groups` }),
  }
}
