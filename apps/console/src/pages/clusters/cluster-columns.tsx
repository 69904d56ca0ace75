// SPDX-License-Identifier: Apache-2.0
/** The columns of the list of clusters, and its orders. */
import type { ClusterView } from '@kaas/http-contract'
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { formatShare } from '../../format/numbers.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { Quantity } from '../../parts/quantity.tsx'
import { StatusMark } from '../../parts/status-mark.tsx'
import { highestShare, sumsOf } from './cluster-sums.ts'

/** Of complete lists. */
export const CLUSTER_ORDERS: Readonly<Record<string, (cluster: ClusterView) => number | string | undefined>> = {
  name: ({ cluster }) => cluster,
  tenants: ({ tenants }) => tenants,
  brokers: ({ brokers }) => brokers.length,
  partitions: (cluster) => sumsOf(cluster).partitions,
  underReplicated: (cluster) => sumsOf(cluster).underReplicated,
  bytes: (cluster) => sumsOf(cluster).bytes,
  promised: (cluster) => highestShare(cluster)?.share,
}

/** What people call it: a Kafka of a tenant's own has the tenant's name. */
export function titleOf({ cluster, tenant }: ClusterView): string {
  return tenant === undefined ? cluster : `${tenant}, its own`
}

/** How a cluster stands in one word. */
export function ClusterStanding({ cluster }: { readonly cluster: ClusterView }) {
  const { problem } = cluster
  const missing = sumsOf(cluster).underReplicated
  if (problem?.code === 'not-configured')
    return <StatusMark standing="unknown" word="Not looked into" detail={problem.message} />
  if (problem !== undefined) return <StatusMark standing="bad" word="Not answering" detail={problem.message} />
  if (missing === 0) return <StatusMark standing="good" word="Well" />
  return <StatusMark standing="busy" word="Under-replicated" detail={`${missing} partitions lack a replica in sync.`} />
}

function promisedOf(cluster: ClusterView): string {
  const highest = highestShare(cluster)
  return highest === undefined ? '–' : `${formatShare(highest.share)} of ${highest.what}`
}

/** All columns. */
export const CLUSTER_COLUMNS: readonly Column<ClusterView>[] = [
  {
    id: 'name',
    header: 'Cluster',
    sort: 'name',
    width: 'minmax(160px, 2fr)',
    text: titleOf,
    cell: (cluster) => (
      <Anchor component={Link} to={`/clusters/${encodeURIComponent(cluster.cluster)}`} fw={500}>
        {titleOf(cluster)}
      </Anchor>
    ),
  },
  {
    id: 'standing',
    header: 'Status',
    width: '170px',
    text: ({ problem }) => problem?.message ?? 'Well',
    cell: (cluster) => <ClusterStanding cluster={cluster} />,
  },
  { id: 'version', header: 'Kafka', width: '90px', text: ({ kafkaVersion }) => kafkaVersion ?? '–' },
  {
    id: 'tenants',
    header: 'Tenants',
    sort: 'tenants',
    width: '100px',
    align: 'end',
    text: ({ tenants }) => String(tenants),
  },
  {
    id: 'brokers',
    header: 'Brokers',
    sort: 'brokers',
    width: '100px',
    align: 'end',
    text: ({ brokers }) => String(brokers.length),
  },
  {
    id: 'partitions',
    header: 'Partitions',
    sort: 'partitions',
    width: '110px',
    align: 'end',
    text: (cluster) => String(sumsOf(cluster).partitions),
  },
  {
    id: 'underReplicated',
    header: 'Under-replicated',
    sort: 'underReplicated',
    width: '160px',
    align: 'end',
    text: (cluster) => String(sumsOf(cluster).underReplicated),
  },
  {
    id: 'bytes',
    header: 'On disk',
    sort: 'bytes',
    width: '110px',
    align: 'end',
    text: (cluster) => String(sumsOf(cluster).bytes ?? '–'),
    cell: (cluster) => <Quantity value={sumsOf(cluster).bytes} unit="bytes" />,
  },
  {
    id: 'promised',
    header: 'Most promised',
    sort: 'promised',
    width: '170px',
    align: 'end',
    text: promisedOf,
  },
]
