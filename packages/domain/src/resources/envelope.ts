// SPDX-License-Identifier: Apache-2.0
/**
 * What all resources share: apiVersion, kind, metadata, status (design section 4). The same document is what the API takes,
 * what `kaas apply -f` sends and what Git holds; quantities stay as written here and are parsed where they are used.
 */
import { KaasError } from '@kaas/errors'
import { z } from 'zod'
import { parseDuration, parseRate } from '../quantities.ts'

/** The version of every document. */
export const API_VERSION = 'kaas.dev/v1'

/** What a condition is about. `Ready` sums up the others and is written last. */
export const CONDITION_TYPES = ['Accepted', 'Planned', 'Provisioned', 'Ready'] as const

/** One condition of a resource. `since` is an RFC 3339 time; `step` names what runs now while the status is not `True`. */
export const conditionSchema = z.object({
  type: z.enum(CONDITION_TYPES),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  since: z.string(),
  step: z.string().optional(),
})
export type Condition = z.infer<typeof conditionSchema>

/** Names are checked by rules of their kind in the service, so that the message can say what fits; here only the shape. */
export const metadataSchema = z.strictObject({
  name: z.string().min(1),
  tenant: z.string().min(1).optional(),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
})
export type Metadata = z.infer<typeof metadataSchema>

/** What the platform says about a resource. `observed` is what was last seen in Kafka, by kind. */
export const statusSchema = z.object({
  conditions: z.array(conditionSchema),
  observedGeneration: z.number().int(),
  observed: z.record(z.string(), z.unknown()).default({}),
})
export type Status = z.infer<typeof statusSchema>

/** The document of one kind: `spec` as given, `status` present only in answers. */
export function documentSchema<K extends string, S extends z.ZodType>(kind: K, spec: S) {
  return z.strictObject({
    apiVersion: z.literal(API_VERSION),
    kind: z.literal(kind),
    metadata: metadataSchema,
    spec,
    status: statusSchema.optional(),
  })
}

/** A rate as written, checked: `20MB/s`. */
export const rateText = quantityText(parseRate, 'A rate such as 20MB/s or 512KiB/s')
/** A duration as written, checked: `7d`. */
export const durationText = quantityText(parseDuration, 'A duration such as 7d or 12h')

function quantityText(parse: (text: string) => number, description: string) {
  return z
    .string()
    .superRefine((text, context) => {
      try {
        parse(text)
      } catch (error) {
        if (!(error instanceof KaasError)) throw error
        context.addIssue({ code: 'custom', message: `${error.message} ${error.help ?? ''}`.trim() })
      }
    })
    .describe(description)
}
