// SPDX-License-Identifier: Apache-2.0
/** All topics of a tenant that are in Kafka, made by a document or by Kafka clients, and those that others share with it. Sorted, found and paged by the server. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { filterFor } from '../../data/filter-text.ts'
import { kafkaTopicsQuery, loadAllKafkaTopics, useFollowTopics } from '../../data/kafka-topics.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { KEEP_ROWS, useRows } from '../../parts/data-table/use-rows.ts'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Page } from '../../parts/page.tsx'
import { PartialNotice } from '../../parts/partial-notice.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { aboveInTenant, TenantSections } from '../../parts/tenant-sections.tsx'
import { topicColumns } from './topic-columns.tsx'
import { topicPath } from './topic-path.ts'

export function TopicsPage() {
  const tenant = useParam('tenant')
  const may = useMayInTenant(tenant)
  const create = may({ verb: 'write', kind: 'Topic' }) && (
    <Button component={Link} to={`/tenants/${tenant}/new-topic`} leftSection={<Plus size={15} aria-hidden />}>
      Create a topic
    </Button>
  )
  return (
    <Page title="Topics" above={aboveInTenant(tenant)} actions={create}>
      <TenantSections tenant={tenant} />
      <TopicsTable tenant={tenant} create={create} />
    </Page>
  )
}

function TopicsTable({ tenant, create }: { readonly tenant: string; readonly create: React.ReactNode }) {
  const navigate = useNavigate()
  const state = useTableState('name')
  useFollowTopics(tenant)
  const options = { sort: state.sort, filter: filterFor(state.filter) }
  const list = useInfiniteQuery({ ...kafkaTopicsQuery(tenant, options), ...KEEP_ROWS })
  const { rows, more } = useRows(list)
  const columns = useMemo(() => topicColumns(tenant), [tenant])
  if (list.error !== null && rows.length === 0) return <Failed error={list.error} retry={list.refetch} />
  const first = list.data?.pages[0]
  return (
    <>
      <PartialNotice problem={first?.problem} />
      <DataTable
        id="topics"
        label="Topics"
        columns={columns}
        rows={rows}
        rowKey={({ name }) => name}
        state={state}
        more={more}
        total={first?.total}
        onOpen={({ name }) => void navigate({ to: topicPath(tenant, name) })}
        loadAll={() => loadAllKafkaTopics(tenant, options)}
        tools={
          <FilterBox
            value={state.filter}
            onChange={(filter) => state.change({ filter })}
            placeholder="Name, or partitions>10, shared=true"
          />
        }
        empty={<NoTopics filter={state.filter} create={create} />}
      />
    </>
  )
}

function NoTopics({ filter, create }: { readonly filter: string; readonly create: React.ReactNode }) {
  return filter === '' ? (
    <Empty title="No topics yet" action={create}>
      Records are kept in topics. Create the first one here, or let a producer of this tenant make it by writing to it.
    </Empty>
  ) : (
    <Empty title="No topic fits the filter">
      Words are parts of names. Terms such as partitions&gt;10, shared=true or documented=false go beside them.
    </Empty>
  )
}
