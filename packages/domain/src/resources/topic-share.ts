// SPDX-License-Identifier: Apache-2.0
/**
 * TopicShare: a topic of a tenant that another virtual tenant reads or writes under a name of its own (decision 0029). With the own
 * tenant as the other one it is an alias: a second name for the topic.
 */
import { z } from 'zod'
import { documentSchema } from './envelope.ts'

/** What the other tenant may do with the records. Nothing else is ever allowed on a shared topic. */
export const SHARE_ACCESS = ['read', 'write', 'read-write'] as const
export type ShareAccess = (typeof SHARE_ACCESS)[number]

/** Which topic, with whom, and under which name it appears there. */
export const topicShareSpecSchema = z.strictObject({
  topic: z.string().min(1).describe('A topic of the tenant that the share is in'),
  with: z.string().min(1).describe('The other tenant; the own one makes an alias'),
  as: z.string().min(1).describe('The name under which it appears there'),
  access: z.enum(SHARE_ACCESS).default('read').describe('What users there may do, each within her own roles'),
})
export type TopicShareSpec = z.infer<typeof topicShareSpecSchema>

/** The document of a TopicShare. Its `metadata.tenant` is the owner of the topic. */
export const topicShareSchema = documentSchema('TopicShare', topicShareSpecSchema)
export type TopicShare = z.infer<typeof topicShareSchema>

/** A share that is in force, as its reconciler notes it in `status.observed.share`. Gateways and rights follow this, not the spec. */
export const sharedTopicSchema = z.object({
  /** `<owner>.<topic>`, as it is on the physical cluster. */
  physicalName: z.string(),
  /** The name inside the tenant that receives it. */
  name: z.string(),
  access: z.enum(SHARE_ACCESS),
})
export type SharedTopic = z.infer<typeof sharedTopicSchema>
