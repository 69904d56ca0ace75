// SPDX-License-Identifier: Apache-2.0
/** Topic: a topic of a tenant. Retention follows the tenant's workload unless `config` says less. */
import { z } from 'zod'
import { documentSchema } from './envelope.ts'

/** Partitions, settings and a sentence for people. */
export const topicSpecSchema = z.strictObject({
  partitions: z.number().int().positive().max(100_000).default(3).describe('May grow, never shrink'),
  config: z.record(z.string(), z.string()).default({}).describe('Kafka topic settings by their Kafka names'),
  description: z.string().max(1000).optional(),
})
export type TopicSpec = z.infer<typeof topicSpecSchema>

/** The document of a Topic. Its `metadata.tenant` is needed. */
export const topicSchema = documentSchema('Topic', topicSpecSchema)
export type Topic = z.infer<typeof topicSchema>
