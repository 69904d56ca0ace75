// SPDX-License-Identifier: Apache-2.0
/** Fields of the section `clusters` that every provider has. */
import { z } from 'zod'
import { auditSettingsSchema } from './audit-settings.ts'

/** The oldest minor version of Kubernetes that Strimzi 1.2 runs on. */
const OLDEST = 30

/** The shape, to be spread into the schema of a provider. */
export const EVERY_PROVIDER = {
  kubernetesVersion: z
    .string()
    .regex(/^v1\.\d+\.\d+$/, 'A version such as v1.36.3')
    .refine((version) => Number(version.split('.')[1]) >= OLDEST, `Strimzi needs v1.${OLDEST} or later`),
  autoscaler: z.boolean().default(false).describe('An autoscaler for Cluster API runs: machines get bounds and no number'),
  audit: auditSettingsSchema.optional().describe('API servers send their audit log to the control plane'),
  values: z.record(z.string(), z.unknown()).default({}).describe('Over the values of charts/platform'),
}
