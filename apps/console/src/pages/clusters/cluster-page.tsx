// SPDX-License-Identifier: Apache-2.0
/** One physical cluster: brokers, what was promised of it, and who lives there. */
import type { ClusterView } from '@kaas/http-contract'
import { Paper } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParam } from '../../browser/use-url-state.ts'
import { clusterViewsQuery } from '../../data/platform.ts'
import { counted } from '../../format/numbers.ts'
import { Page } from '../../parts/page.tsx'
import { PageTabs } from '../../parts/page-tabs.tsx'
import { PartialNotice } from '../../parts/partial-notice.tsx'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { BrokersTable } from './brokers-table.tsx'
import { CapacityBars } from './capacity-bars.tsx'
import { ClusterStanding, titleOf } from './cluster-columns.tsx'
import { sumsOf } from './cluster-sums.ts'
import { PlacedTenants } from './placed-tenants.tsx'

export function ClusterPage() {
  const name = useParam('cluster')
  const query = useQuery(clusterViewsQuery())
  const found = query.data?.find(({ cluster }) => cluster === name)
  return (
    <Page
      title={found === undefined ? name : titleOf(found)}
      above={[{ label: 'Clusters', to: '/clusters' }, ...tenantOf(found)]}
      beside={found !== undefined && <ClusterStanding cluster={found} />}
      lead={found !== undefined && leadOf(found)}
    >
      <QueryStates query={query}>
        {() =>
          found === undefined ? (
            <Empty title="There is no such cluster">It may have been deleted. The list has those that are known.</Empty>
          ) : (
            <>
              <PartialNotice problem={found.problem} />
              <ClusterTabs cluster={found} />
            </>
          )
        }
      </QueryStates>
    </Page>
  )
}

/** The way to whose own it is. */
function tenantOf(cluster: ClusterView | undefined) {
  return cluster?.tenant === undefined ? [] : [{ label: cluster.tenant, to: `/tenants/${cluster.tenant}` }]
}

function leadOf(cluster: ClusterView): string {
  const { partitions, replicas } = sumsOf(cluster)
  const kafka = cluster.kafkaVersion === undefined ? '' : `Kafka ${cluster.kafkaVersion}, `
  const held = `${counted(partitions, 'partition')} in ${counted(replicas, 'replica')}`
  return `${kafka}${counted(cluster.brokers.length, 'broker')}, ${held}, ${counted(cluster.tenants, 'tenant')}.`
}

function ClusterTabs({ cluster }: { readonly cluster: ClusterView }) {
  const capacity = (
    <Paper withBorder p="md" maw={720}>
      <CapacityBars capacity={cluster.capacity} />
    </Paper>
  )
  const ofShared = [
    { id: 'capacity', label: 'Capacity', content: capacity },
    { id: 'tenants', label: 'Tenants', content: <PlacedTenants cluster={cluster.cluster} /> },
  ]
  const brokers = { id: 'brokers', label: 'Brokers', content: <BrokersTable brokers={cluster.brokers} /> }
  return <PageTabs tabs={[brokers, ...(cluster.tenant === undefined ? ofShared : [])]} />
}
