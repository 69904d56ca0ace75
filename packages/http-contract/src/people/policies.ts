// SPDX-License-Identifier: Apache-2.0
/** What policies say: in the answer of a write, and tried before they are stored. */
import { RESOURCE_KINDS } from '@kaas/domain'
import { z } from 'zod'
import type { CheckedCall } from '../call-api.ts'
import type { Route } from '../route.ts'

/** One thing that a policy says against a document. */
export const policyFindingSchema = z
  .object({
    policy: z.string(),
    severity: z.enum(['refuse', 'warn']),
    message: z.string(),
    field: z.string().optional().describe('Path of the field that it is about'),
    broken: z.boolean().describe('The policy could not be decided; it must be mended, not the document'),
  })
  .meta({ id: 'PolicyFinding' })
export type PolicyFinding = Readonly<z.infer<typeof policyFindingSchema>>

/** A policy that need not be stored, and a document to try it against. */
export const policyTrialRequestSchema = z.strictObject({
  policy: RESOURCE_KINDS.Policy.schema,
  document: z.unknown().optional().describe('A whole document; absent, only what is stored is looked at'),
})
export type PolicyTrialRequest = Readonly<z.input<typeof policyTrialRequestSchema>>

/** A stored resource that the policy does not allow as it is. It stays; its next change is refused. */
export const policyFailureSchema = z.object({
  kind: z.string(),
  tenant: z.string().optional(),
  name: z.string(),
  findings: z.array(policyFindingSchema),
})
export type PolicyFailure = Readonly<z.infer<typeof policyFailureSchema>>

/** What a trial shows. */
export const policyTrialSchema = z.object({
  document: z
    .object({ about: z.boolean().describe('Whether the policy is about it at all'), findings: z.array(policyFindingSchema) })
    .optional(),
  failing: z.array(policyFailureSchema).describe('At most 200 of what is stored'),
  failed: z.number().int().describe('How many fail'),
  looked: z.number().int().describe('How many were looked at'),
  complete: z.boolean().describe('False when time ran out before everything was looked at'),
})
export type PolicyTrial = Readonly<z.infer<typeof policyTrialSchema>>

/** The routes of policies beside those of the kind. */
export const POLICY_ROUTES = {
  tryPolicy: {
    id: 'tryPolicy',
    method: 'POST',
    path: '/v1/policy-trials',
    summary: 'What a policy would refuse: a document, and what is stored now. Changes nothing.',
    access: 'granted',
    right: { verb: 'read', kind: 'Policy' },
    body: policyTrialRequestSchema,
    answers: { 200: policyTrialSchema },
  },
} as const satisfies Record<string, Route>

/** Calls of policies. */
export interface PolicyCalls {
  tryPolicy(request: PolicyTrialRequest): Promise<PolicyTrial>
}

/** Binds the calls. */
export function policyCalls(call: CheckedCall): PolicyCalls {
  return { tryPolicy: (body) => call(policyTrialSchema, { method: 'POST', path: '/v1/policy-trials', body }) }
}
