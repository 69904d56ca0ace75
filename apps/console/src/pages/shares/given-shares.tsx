// SPDX-License-Identifier: Apache-2.0
/** The shares of a tenant, second names of own topics among them. Found, sorted and paged by the server. */
import { useMemo } from 'react'
import type { ResourceItem } from '../../data/resources.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { changedColumn, nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { ResourceTable } from '../../parts/data-table/resource-table.tsx'
import { ACCESS_WORDS, sharePath } from '../../parts/share-words.ts'
import { Empty } from '../../parts/states.tsx'
import { ResourceStatus, standingOf } from '../../parts/status-mark.tsx'

type Share = ResourceItem<'TopicShare'>

interface GivenSharesProps {
  readonly tenant: string
  readonly create: React.ReactNode
}

export function GivenShares({ tenant, create }: GivenSharesProps) {
  const columns = useMemo(() => columnsOf(tenant), [tenant])
  return (
    <ResourceTable
      kind="TopicShare"
      id="shares"
      label="Shares"
      tenant={tenant}
      columns={columns}
      pathOf={(name) => sharePath(tenant, name)}
      example="spec.with=billing, ready=false"
      empty={
        <Empty title="No topic is shared" action={create}>
          Share a topic so that another tenant reads or writes it under a name that you choose. It sees nothing else of this
          one.
        </Empty>
      }
    />
  )
}

function columnsOf(tenant: string): readonly Column<Share>[] {
  return [
    nameColumn(sharePath(tenant), 'minmax(150px, 1fr)'),
    {
      id: 'status',
      header: 'Status',
      width: '140px',
      text: (share) => standingOf(share).word,
      cell: (share) => <ResourceStatus resource={share} />,
    },
    { id: 'topic', header: 'Topic', width: 'minmax(140px, 1fr)', text: ({ spec }) => spec.topic },
    {
      id: 'with',
      header: 'With',
      width: 'minmax(120px, 1fr)',
      text: ({ spec }) => (spec.with === tenant ? 'itself' : spec.with),
    },
    { id: 'as', header: 'As', width: 'minmax(140px, 1fr)', text: ({ spec }) => spec.as },
    {
      id: 'access',
      header: 'Its users may',
      width: '150px',
      text: ({ spec }) => (spec.with === tenant ? 'as their own topic' : ACCESS_WORDS[spec.access]),
    },
    changedColumn(),
  ]
}
