// SPDX-License-Identifier: Apache-2.0
/** Tenant. */
import { Page } from '../../parts/page.tsx'

export function TenantPage() {
  return <Page title="Tenant">{null}</Page>
}
