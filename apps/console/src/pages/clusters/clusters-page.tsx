// SPDX-License-Identifier: Apache-2.0
/** All physical clusters: who answers, how full they are, how many tenants live on them. */
import type { ClusterView } from '@kaas/http-contract'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { clusterViewsQuery } from '../../data/platform.ts'
import { sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { CLUSTER_COLUMNS, CLUSTER_ORDERS } from './cluster-columns.tsx'

export function ClustersPage() {
  const query = useQuery(clusterViewsQuery())
  return (
    <Page
      title="Clusters"
      lead="The Kafka clusters that tenants live on, shared and their own. One that does not answer delays nobody else."
    >
      <QueryStates query={query}>{(clusters) => <ClusterTable clusters={clusters} />}</QueryStates>
    </Page>
  )
}

function ClusterTable({ clusters }: { readonly clusters: readonly ClusterView[] }) {
  const navigate = useNavigate()
  const state = useTableState('name')
  const wanted = state.filter.toLowerCase()
  const found = clusters.filter(({ cluster }) => cluster.toLowerCase().includes(wanted))
  return (
    <DataTable
      id="clusters"
      label="Clusters"
      columns={CLUSTER_COLUMNS}
      rows={sortRows(found, state.sort, CLUSTER_ORDERS)}
      rowKey={({ cluster }) => cluster}
      state={state}
      onOpen={({ cluster }) => void navigate({ to: `/clusters/${encodeURIComponent(cluster)}` })}
      tools={<FilterBox value={state.filter} onChange={(filter) => state.change({ filter })} placeholder="Name" />}
      empty={
        clusters.length === 0 ? (
          <Empty title="No cluster yet">
            Tell the platform of one: a document of kind KafkaCluster, by kaas apply or KAAS_CLUSTERS_FILE.
          </Empty>
        ) : (
          <Empty title="No cluster has this name">Words are parts of names.</Empty>
        )
      }
    />
  )
}
