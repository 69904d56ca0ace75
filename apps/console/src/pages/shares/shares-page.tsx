// SPDX-License-Identifier: Apache-2.0
/** Topics that cross tenants: those that this one shares with others, and those that others share with it. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useParam } from '../../browser/use-url-state.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { Page } from '../../parts/page.tsx'
import { PageTabs } from '../../parts/page-tabs.tsx'
import { aboveInTenant, TenantSections } from '../../parts/tenant-sections.tsx'
import { GivenShares } from './given-shares.tsx'
import { ReceivedShares } from './received-shares.tsx'

export function SharesPage() {
  const tenant = useParam('tenant')
  const may = useMayInTenant(tenant)
  const create = may({ verb: 'write', kind: 'TopicShare' }) && (
    <Button component={Link} to={`/tenants/${tenant}/new-share`} leftSection={<Plus size={15} aria-hidden />}>
      Share a topic
    </Button>
  )
  const tabs = [
    { id: 'given', label: 'Given', content: <GivenShares tenant={tenant} create={create} /> },
    {
      id: 'received',
      label: 'Received',
      content: <ReceivedShares tenant={tenant} mayAccept={may({ verb: 'write', kind: 'Tenant' })} />,
    },
  ]
  return (
    <Page
      title="Shares"
      above={aboveInTenant(tenant)}
      actions={create}
      lead="Topics that appear in another tenant under a name of their own, and nothing else with them."
    >
      <TenantSections tenant={tenant} />
      <PageTabs tabs={tabs} />
    </Page>
  )
}
