// SPDX-License-Identifier: Apache-2.0
/** The section `people` of `platform.yaml`: how people sign in to Kubernetes with the company's identity provider (decision 0032). */
import { z } from 'zod'

const address = z
  .url({ protocol: /^https$/, error: 'An https:// address' })
  .refine((text) => !/[?#]|\/\/[^/]*@/.test(text), 'An address without name, query and fragment')
const certificate = z
  .string()
  .regex(/^\s*-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/, 'Certificates in PEM')
const claim = z.string().regex(/^[^\s"'{}]{1,100}$/, 'The name of a claim')

/** The schema of the section. */
export const peopleSettingsSchema = z.strictObject({
  issuer: address.describe('The identity provider, by the name that it calls itself'),
  clientId: z
    .string()
    .regex(/^[^\s]{1,200}$/, 'The id of a client')
    .describe('A public client of its own for kubectl: tokens for others are not taken'),
  usernameClaim: claim.default('preferred_username'),
  groupsClaim: claim.default('groups'),
  scopes: z.array(z.string().regex(/^[^\s]{1,100}$/, 'A scope')).default(['profile', 'email', 'groups']),
  // Without one, a group called system:masters at the provider would be the masters of Kubernetes.
  prefix: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,48}[:/]$/, 'Letters and digits, and a colon or slash at the end')
    .refine((text) => !text.startsWith('system:'), 'Not system:, which is Kubernetes’ own')
    .default('oidc:')
    .describe('Before names and groups of people, so that none is taken for one of Kubernetes'),
  ca: certificate.optional().describe('CA of the identity provider; those of the system without it'),
  server: address.optional().describe('The API server of the management cluster, as people reach it'),
  serverCa: certificate.optional().describe('Its CA; those of the system without it'),
})
/** How people sign in, with defaults filled in. */
export type PeopleSettings = Readonly<z.output<typeof peopleSettingsSchema>>
