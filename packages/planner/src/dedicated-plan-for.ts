// SPDX-License-Identifier: Apache-2.0
/** The plan of a tenant with a Kafka of its own on a platform: its workload, over as many zones as it asks for. */
import { type DedicatedPlan, parseWorkload, type Tenant } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { catalogueFor } from './catalogue-for.ts'
import type { PlatformProfile } from './manifests/platform-profile.ts'
import { planDedicated } from './plan-dedicated.ts'
import { profileFor } from './profiles.ts'

/** The plan. Throws `document-invalid` for more zones than the platform has, and as parseWorkload does. */
export function dedicatedPlanFor(tenant: Tenant, platform: PlatformProfile): DedicatedPlan {
  const { workload, environment } = tenant.spec
  const catalogue = catalogueFor(platform, zonesOf(tenant, platform).length)
  return planDedicated(parseWorkload(workload), catalogue, profileFor(environment))
}

/** The first zones of the platform, as many as the tenant asks for; all when it does not say. Throws `document-invalid`. */
export function zonesOf({ metadata, spec }: Tenant, { zones }: PlatformProfile): readonly string[] {
  const count = spec.zones ?? zones.length
  if (count <= zones.length) return zones.slice(0, count)
  throw new KaasError('document-invalid', {
    message: `Tenant ${metadata.name} asks for ${count} zones; the platform has ${zones.length} (${zones.join(', ')}).`,
    help: `Ask for at most ${zones.length} zones, or add zones to platform.yaml.`,
    fields: [{ path: 'spec.zones', message: `Must be at most ${zones.length}.` }],
  })
}
