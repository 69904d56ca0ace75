// SPDX-License-Identifier: Apache-2.0
/**
 * What the API says about tenants with Kafka of their own: the steps of their making, the plan of a change, how to connect, and the
 * end of kept data.
 */
import { dedicatedPlanSchema, planChangeSchema, sharedPlanSchema } from '@kaas/domain'
import { z } from 'zod'

/**
 * One step of the way from an order to an endpoint, in their order: `git`, `source`, `namespace`, with isolation `cluster` also
 * `infrastructure`, `control-plane`, `workers`, `kubeconfig` and `platform`, then `kafka-applied`, `kafka`, `access-applied`,
 * `topics-and-users`. `unknown` while the cluster is not heard; `kubernetes` stands for all while none is configured.
 */
export const provisioningStepSchema = z.object({
  name: z.string(),
  state: z.enum(['done', 'running', 'failed', 'unknown', 'waiting']),
  reason: z.string(),
  message: z.string(),
  since: z.string().optional(),
})
export type ProvisioningStep = Readonly<z.infer<typeof provisioningStepSchema>>

/** `status.observed` of a tenant with Kafka of its own; every field comes when it is known. */
export const dedicatedObservedSchema = z.looseObject({
  steps: z.array(provisioningStepSchema).default([]),
  /** Full hash of the commit that holds the tenant's files. */
  commit: z.string().optional(),
  /** `host:port` for clients outside of Kubernetes. */
  bootstrap: z.string().optional(),
  /** Brokers by the plan. */
  brokers: z.number().int().optional(),
  /** The file of a tenant's documents in the repository. */
  file: z.string().optional(),
})
export type DedicatedObserved = Readonly<z.infer<typeof dedicatedObservedSchema>>

/** The body of `POST /v1/plan/change`: a whole Tenant document. */
export const planChangeRequestSchema = z.strictObject({
  document: z.unknown().describe('A Tenant document, as for PUT'),
})
export type PlanChangeRequest = z.infer<typeof planChangeRequestSchema>

/** `plan` for an own cluster, `shared` for a place on a shared one. */
export const planChangeAnswerSchema = z.object({
  plan: dedicatedPlanSchema.optional(),
  shared: sharedPlanSchema.optional(),
  change: planChangeSchema,
})
export type PlanChangeAnswer = Readonly<z.infer<typeof planChangeAnswerSchema>>

/** Everything that a client needs. A password is absent where the platform keeps only its salted value. */
export const connectionSchema = z
  .object({
    bootstrap: z.string().describe('host:port'),
    caPem: z.string().optional().describe('PEM; absent when it is a public CA, or not known here'),
    login: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('scram'),
        mechanism: z.enum(['SCRAM-SHA-512', 'SCRAM-SHA-256']),
        username: z.string(),
        password: z.string().optional(),
      }),
      z.object({
        kind: z.literal('tls'),
        username: z.string().describe('Common name of the certificate'),
        certificatePem: z.string(),
        keyPem: z.string(),
      }),
    ]),
  })
  .meta({ id: 'Connection' })
export type ConnectionAnswer = Readonly<z.infer<typeof connectionSchema>>

/** For kubectl; it holds no secret: a program asks the identity provider for the person. */
export const kubeconfigAnswerSchema = z
  .object({ kubeconfig: z.looseObject({}).describe('Format: kubernetes.io/docs/reference/config-api/kubeconfig.v1') })
  .meta({ id: 'Kubeconfig' })
export type KubeconfigAnswer = Readonly<z.infer<typeof kubeconfigAnswerSchema>>

/** The body of `POST /v1/tenants/{tenant}/purge`. */
export const purgeRequestSchema = z.strictObject({
  confirm: z.string().describe('The name of the tenant again'),
})

/** What a purge began. `unchanged` when nothing was kept. */
export const purgeAnswerSchema = z.object({
  outcome: z.enum(['purging', 'unchanged']),
  namespace: z.string(),
  /** Volume claims that go with the namespace. */
  volumeClaims: z.number().int(),
})
export type PurgeAnswer = Readonly<z.infer<typeof purgeAnswerSchema>>
