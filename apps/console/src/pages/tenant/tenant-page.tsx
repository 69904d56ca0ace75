// SPDX-License-Identifier: Apache-2.0
/** One tenant: how it stands, where it is, what it was promised and how much of that it uses. Its parts have pages of their own. */
import { Button, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Cable } from 'lucide-react'
import { useParam } from '../../browser/use-url-state.ts'
import { isReady } from '../../data/ready.ts'
import { type ResourceItem, resourceQuery } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { Page } from '../../parts/page.tsx'
import { QueryStates } from '../../parts/states.tsx'
import { ResourceStatus } from '../../parts/status-mark.tsx'
import { TenantSections } from '../../parts/tenant-sections.tsx'
import { type ChartOf, UsageCharts } from '../../parts/usage-charts.tsx'
import { DeleteTenant } from './delete-tenant.tsx'
import { NextStep } from './next-step.tsx'
import { Progress } from './progress.tsx'
import { stepsOf } from './steps-view.ts'
import { TenantCards } from './tenant-cards.tsx'

const ABOVE = [{ label: 'Tenants', to: '/tenants' }]
const CHARTS: readonly ChartOf[] = [
  { metric: 'bytesIn', label: 'Produced' },
  { metric: 'bytesOut', label: 'Consumed' },
  { metric: 'requests', label: 'Requests' },
  { metric: 'connections', label: 'Connections' },
  { metric: 'storedBytes', label: 'Stored' },
]

export function TenantPage() {
  const name = useParam('tenant')
  const query = useQuery(resourceQuery({ kind: 'Tenant', name }))
  const mayHere = useMayInTenant(name)
  const tenant = query.data
  const actions = tenant !== undefined && tenant.metadata.deletionRequestedAt === undefined && (
    <>
      {mayHere({ verb: 'read', kind: 'User' }) && (
        <Button component={Link} to={`/tenants/${name}/connect`} leftSection={<Cable size={15} aria-hidden />}>
          Connect
        </Button>
      )}
      {mayHere({ verb: 'delete', kind: 'Tenant' }) && <DeleteTenant tenant={name} />}
    </>
  )
  return (
    <Page title={name} above={ABOVE} actions={actions} beside={tenant !== undefined && <ResourceStatus resource={tenant} />}>
      <TenantSections tenant={name} />
      <QueryStates query={query}>
        {(found) => <Overview tenant={found} maySeeUsage={mayHere({ verb: 'read', kind: 'Series' })} />}
      </QueryStates>
    </Page>
  )
}

function Overview({ tenant, maySeeUsage }: { readonly tenant: ResourceItem<'Tenant'>; readonly maySeeUsage: boolean }) {
  const { name, generation, deletionRequestedAt } = tenant.metadata
  const isEnding = deletionRequestedAt !== undefined
  return (
    <>
      {(!isReady(tenant) || isEnding) && (
        <Progress
          title={isEnding ? 'It is being deleted' : generation === 1 ? 'Your order' : 'A change is on its way'}
          steps={stepsOf(tenant)}
        />
      )}
      {isReady(tenant) && !isEnding && <NextStep tenant={tenant} />}
      <TenantCards tenant={tenant} />
      {maySeeUsage && (
        <section aria-labelledby="usage">
          <Title order={2} id="usage" mb="xs">
            Usage
          </Title>
          <UsageCharts tenant={name} charts={CHARTS} />
        </section>
      )}
    </>
  )
}
