// SPDX-License-Identifier: Apache-2.0
/** The button of the tenant: before its menu was ever opened, and with it. */
import { Button } from '@mantine/core'
import { ChevronsUpDown } from 'lucide-react'
import type { OnDemandButton } from './on-demand.tsx'

export function TenantTarget({ tenant, ...listeners }: { readonly tenant: string } & Partial<OnDemandButton>) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      maw={220}
      rightSection={<ChevronsUpDown size={13} aria-hidden />}
      aria-haspopup="listbox"
      aria-label={tenant === '' ? 'Choose a tenant' : `Tenant ${tenant}, choose another`}
      {...listeners}
    >
      {tenant === '' ? 'Tenant' : tenant}
    </Button>
  )
}
