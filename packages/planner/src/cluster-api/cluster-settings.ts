// SPDX-License-Identifier: Apache-2.0
/** The section `clusters` of `platform.yaml`: how clusters of hard tenants are made. Each provider has its own fields. */
import { z } from 'zod'
import { awsSettingsSchema } from './aws/aws-settings.ts'

/** One schema per provider, told apart by `provider`. */
export const clusterSettingsSchema = z.discriminatedUnion('provider', [awsSettingsSchema], {
  error: ({ input }) => `There is no provider ${JSON.stringify(providerIn(input))}; known is aws`,
})
/** Settings of one provider, with defaults filled in. */
export type ClusterSettings = Readonly<z.output<typeof clusterSettingsSchema>>

function providerIn(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'provider' in input ? input.provider : undefined
}
