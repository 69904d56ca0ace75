// SPDX-License-Identifier: Apache-2.0
/**
 * Resources as the API answers them: the document of the user, with what the server adds to `metadata`, and `status`. A PUT
 * takes such a document back and ignores the additions, so that get → edit → apply works.
 */
import { API_VERSION, conditionSchema, metadataSchema, RESOURCE_KINDS, type ResourceKind, statusSchema } from '@kaas/domain'
import { z } from 'zod'
import { policyFindingSchema } from './people/policies.ts'

/** What the server adds to `metadata`. */
const serverMetadata = {
  uid: z.string().describe('Changes when the resource is deleted and made again'),
  generation: z.number().int().describe('Grows with every change; the ETag'),
  createdAt: z.string(),
  updatedAt: z.string(),
  deletionRequestedAt: z.string().optional().describe('Set while the resource is being deleted'),
}

/** Names of the members of `metadata` that only the server writes. */
export const SERVER_METADATA = Object.keys(serverMetadata) as readonly string[]

const answeredMetadata = metadataSchema.extend(serverMetadata)

/** The answered document of one kind, exactly, for the OpenAPI document. */
export function resourceAnswerSchema(kind: ResourceKind) {
  return z
    .object({
      apiVersion: z.literal(API_VERSION),
      kind: z.literal(kind),
      metadata: answeredMetadata,
      spec: RESOURCE_KINDS[kind].schema.shape.spec,
      status: statusSchema.optional(),
    })
    .meta({ id: kind })
}

/** The answered document of any kind, loose: what a client checks, so that it works with newer servers. */
export const anyResourceSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject(answeredMetadata.shape),
  spec: z.record(z.string(), z.unknown()),
  status: z.looseObject(statusSchema.shape).optional(),
})
export type ResourceAnswer = z.infer<typeof anyResourceSchema>

/** One difference; `before` or `after` is absent where the field is. Paths are dotted: `spec.partitions`. */
export const changeSchema = z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })
export type Change = Readonly<z.infer<typeof changeSchema>>

/** A password, shown in this answer and never again. */
export const issuedCredentialsSchema = z
  .object({
    id: z.string(),
    username: z.string().describe('The full name: <tenant>.<user>'),
    password: z.string(),
    mechanism: z
      .enum(['SCRAM-SHA-512', 'SCRAM-SHA-256'])
      .describe('With SCRAM use this one. PLAIN over TLS takes any valid password'),
  })
  .meta({ id: 'IssuedCredentials' })
export type IssuedCredentials = Readonly<z.infer<typeof issuedCredentialsSchema>>

/** How a PUT ended. */
export const putAnswerSchema = z.object({
  outcome: z.enum(['created', 'updated', 'unchanged']),
  dryRun: z.boolean(),
  changes: z.array(changeSchema),
  warnings: z.array(policyFindingSchema).default([]).describe('What policies say that only warn'),
  resource: anyResourceSchema,
  credentials: issuedCredentialsSchema.optional().describe('Only when this request made the first password of a user'),
})
export type PutAnswer = Readonly<z.infer<typeof putAnswerSchema>>

/** How a DELETE ended. `alsoDeleted` counts what goes with a tenant. */
export const deleteAnswerSchema = z.object({
  outcome: z.enum(['deleting', 'unchanged']),
  dryRun: z.boolean(),
  resource: anyResourceSchema,
  alsoDeleted: z.record(z.string(), z.number().int()),
})
export type DeleteAnswer = Readonly<z.infer<typeof deleteAnswerSchema>>

/** One page of a list. */
export const listAnswerSchema = z.object({
  items: z.array(anyResourceSchema),
  next: z.string().optional().describe('Cursor of the next page; absent on the last'),
})
export type ListAnswer = Readonly<z.infer<typeof listAnswerSchema>>

/** A valid password of a user, without its value. */
export const credentialSummarySchema = z.object({
  id: z.string(),
  mechanism: z.string(),
  mechanisms: z.array(z.string()).describe('The SCRAM mechanisms that take this password now'),
  createdAt: z.string(),
})
export type CredentialAnswer = Readonly<z.infer<typeof credentialSummarySchema>>

/** One event of `GET /v1/events`; its `sequence` is the SSE id, to resume from with `Last-Event-ID`. */
export const eventSchema = z
  .object({
    sequence: z.number().int(),
    at: z.string(),
    type: z.enum(['created', 'updated', 'deleting', 'status', 'removed', 'drift']),
    kind: z.string(),
    tenant: z.string().optional(),
    name: z.string(),
    uid: z.string(),
    generation: z.number().int(),
    conditions: z.array(conditionSchema),
  })
  .meta({ id: 'Event' })
export type EventAnswer = Readonly<z.infer<typeof eventSchema>>
