// SPDX-License-Identifier: Apache-2.0
/** The part `audit` of the section `clusters`: where API servers of tenants' clusters send their audit log. */
import { z } from 'zod'

/** The schema. The token is in a Secret of the tenant's namespace and never in Git. */
export const auditSettingsSchema = z.strictObject({
  url: z
    .url({ protocol: /^https$/, error: 'An https:// address: API servers send no token over anything else' })
    .refine((text) => !/[?#"\\]|\/\/[^/]*@|\/$/.test(text), 'An address without name, query and slash at the end')
    .describe('The control plane, as machines of tenants reach it'),
  ca: z.string().startsWith('-----BEGIN CERTIFICATE-----').optional().describe('Its CA; those of the system without it'),
  secret: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'The name of a Secret')
    .default('kaas-audit')
    .describe('In every namespace of a tenant, with the token in its key "token"'),
})
/** Where to, with defaults filled in. */
export type AuditSettings = Readonly<z.output<typeof auditSettingsSchema>>
