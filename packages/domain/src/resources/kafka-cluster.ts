// SPDX-License-Identifier: Apache-2.0
/** KafkaCluster: a real Kafka cluster that the platform knows. Secrets are references to files, never values. */
import { z } from 'zod'
import { documentSchema, rateText } from './envelope.ts'

/** How to reach the cluster, as whom, and what it holds. */
export const kafkaClusterSpecSchema = z.strictObject({
  bootstrapServers: z.array(z.string().regex(/^[^\s:]+:\d{1,5}$/, 'host:port')).min(1),
  tls: z
    .strictObject({
      enabled: z.boolean().default(false),
      caFile: z.string().optional().describe('PEM file with the CA of the brokers; the system CAs when absent'),
    })
    .default({ enabled: false }),
  admin: z
    .strictObject({
      username: z.string(),
      passwordFile: z.string().describe('File that holds the password and nothing else'),
      mechanism: z.enum(['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN']).default('SCRAM-SHA-512'),
    })
    .optional()
    .describe('Absent for a cluster without authentication'),
  capacity: z
    .strictObject({
      produce: rateText.describe('Produce rate of all tenants together'),
      consume: rateText,
      partitions: z.number().int().positive().describe('Partitions before replication'),
      diskBytes: z.number().int().positive(),
      connections: z.number().int().positive(),
    })
    .optional(),
  engine: z.enum(['embedded', 'apache', 'existing', 'strimzi']).default('existing'),
})
export type KafkaClusterSpec = z.infer<typeof kafkaClusterSpecSchema>

/** The document of a KafkaCluster. */
export const kafkaClusterSchema = documentSchema('KafkaCluster', kafkaClusterSpecSchema)
export type KafkaCluster = z.infer<typeof kafkaClusterSchema>
