// SPDX-License-Identifier: Apache-2.0
/** Which tenants have Kafka of their own. */
import type { TenantSpec } from '@kaas/domain'

/** True for isolation `namespace` and `cluster`. The level of a tenant never changes. */
export function isDedicated({ spec }: { readonly spec: Pick<TenantSpec, 'isolation'> }): boolean {
  return spec.isolation !== 'virtual'
}
