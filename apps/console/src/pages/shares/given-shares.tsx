// SPDX-License-Identifier: Apache-2.0
/** The shares of a tenant, second names of own topics among them. Found, sorted and paged by the server. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { filterFor } from '../../data/filter-text.ts'
import { loadAllResources, type ResourceItem, resourceListQuery } from '../../data/resources.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { changedColumn, nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { KEEP_ROWS, useRows } from '../../parts/data-table/use-rows.ts'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Empty, Failed } from '../../parts/states.tsx'
import { ResourceStatus, standingOf } from '../../parts/status-mark.tsx'
import { ACCESS_WORDS, sharePath } from './share-words.ts'

type Share = ResourceItem<'TopicShare'>

interface GivenSharesProps {
  readonly tenant: string
  readonly create: React.ReactNode
}

export function GivenShares({ tenant, create }: GivenSharesProps) {
  const navigate = useNavigate()
  const state = useTableState('name')
  const options = { tenant, sort: state.sort, filter: filterFor(state.filter) }
  const list = useInfiniteQuery({ ...resourceListQuery('TopicShare', options), ...KEEP_ROWS })
  const { rows, more } = useRows(list)
  const columns = useMemo(() => columnsOf(tenant), [tenant])
  if (list.error !== null && rows.length === 0) return <Failed error={list.error} retry={list.refetch} />
  return (
    <DataTable
      id="shares"
      label="Shares"
      columns={columns}
      rows={rows}
      rowKey={({ metadata }) => metadata.name}
      state={state}
      more={more}
      onOpen={({ metadata }) => void navigate({ to: sharePath(tenant, metadata.name) })}
      loadAll={() => loadAllResources('TopicShare', options)}
      tools={
        <FilterBox
          value={state.filter}
          onChange={(filter) => state.change({ filter })}
          placeholder="Name, or spec.with=billing, ready=false"
        />
      }
      empty={<NoShares filter={state.filter} create={create} />}
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

function NoShares({ filter, create }: { readonly filter: string; readonly create: React.ReactNode }) {
  return filter === '' ? (
    <Empty title="No topic is shared" action={create}>
      Share a topic so that another tenant reads or writes it under a name that you choose. It sees nothing else of this one.
    </Empty>
  ) : (
    <Empty title="No share fits the filter">Words are parts of names. Terms such as spec.with=billing go beside them.</Empty>
  )
}
