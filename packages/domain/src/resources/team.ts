// SPDX-License-Identifier: Apache-2.0
/** Team: the owner of tenants. Members come from the identity provider's groups. */
import { z } from 'zod'
import { documentSchema } from './envelope.ts'

export const teamSpecSchema = z.strictObject({
  members: z.array(z.string()).default([]),
  externalGroups: z.array(z.string()).default([]),
})
export type TeamSpec = z.infer<typeof teamSpecSchema>

export const teamSchema = documentSchema('Team', teamSpecSchema)
export type Team = z.infer<typeof teamSchema>
