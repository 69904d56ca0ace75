// SPDX-License-Identifier: Apache-2.0
/** Team: the owner of tenants. Members come from the identity provider's groups. */
import { z } from 'zod'
import { documentSchema } from './envelope.ts'

/** People by name, and groups of the identity provider. */
export const teamSpecSchema = z.strictObject({
  members: z.array(z.string()).default([]),
  externalGroups: z.array(z.string()).default([]),
})
export type TeamSpec = z.infer<typeof teamSpecSchema>

/** The document of a Team. */
export const teamSchema = documentSchema('Team', teamSpecSchema)
export type Team = z.infer<typeof teamSchema>
