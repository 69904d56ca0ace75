// SPDX-License-Identifier: Apache-2.0
/** One consumer group: how far behind in each partition, who reads, lag over time, moving its offsets, deleting it. */
import type { GroupAnswer } from '@kaas/http-contract'
import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { groupQuery } from '../../data/groups.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { GroupState } from '../../parts/group-state.tsx'
import { Lag } from '../../parts/lag.tsx'
import { Page } from '../../parts/page.tsx'
import { PageTabs } from '../../parts/page-tabs.tsx'
import { PartialNotice } from '../../parts/partial-notice.tsx'
import { QueryStates } from '../../parts/states.tsx'
import { aboveInTenant } from '../../parts/tenant-sections.tsx'
import { UsageCharts } from '../../parts/usage-charts.tsx'
import { DeleteGroup } from './delete-group.tsx'
import { MembersTab } from './members-tab.tsx'
import { OffsetsTab } from './offsets-tab.tsx'
import { ResetOffsets } from './reset-offsets.tsx'

const CHARTS = [{ metric: 'lag', label: 'Lag' }] as const

export function GroupPage() {
  const tenant = useParam('tenant')
  const name = useParam('group')
  const query = useQuery(groupQuery(tenant, name))
  return (
    <Page
      title={name}
      above={aboveInTenant(tenant, { label: 'Groups', path: '/groups' })}
      beside={query.data !== undefined && <GroupState state={query.data.state} />}
      lead={query.data !== undefined && <Facts group={query.data} />}
      actions={query.data !== undefined && <Actions tenant={tenant} group={query.data} />}
    >
      <QueryStates query={query}>
        {(group) => (
          <>
            <PartialNotice problem={group.problem} />
            <GroupTabs tenant={tenant} group={group} />
          </>
        )}
      </QueryStates>
    </Page>
  )
}

function Facts({ group: { lag, members, protocol, type } }: { readonly group: GroupAnswer }) {
  return (
    <>
      <Lag lag={lag} /> records behind, {members.length === 1 ? '1 member' : `${members.length} members`}
      {protocol !== undefined && protocol !== '' && `, assigned by ${protocol}`}, {type} protocol
    </>
  )
}

function Actions({ tenant, group }: { readonly tenant: string; readonly group: GroupAnswer }) {
  const may = useMayInTenant(tenant)
  const [open, setOpen] = useState<'reset' | 'delete'>()
  const close = () => setOpen(undefined)
  return (
    <Group gap="xs">
      {may({ verb: 'write', kind: 'Group' }) && (
        <Button variant="default" onClick={() => setOpen('reset')}>
          Move offsets
        </Button>
      )}
      {may({ verb: 'delete', kind: 'Group' }) && (
        <Button variant="default" onClick={() => setOpen('delete')}>
          Delete
        </Button>
      )}
      <ResetOffsets tenant={tenant} group={group} opened={open === 'reset'} onClose={close} />
      <DeleteGroup tenant={tenant} group={group} opened={open === 'delete'} onClose={close} />
    </Group>
  )
}

function GroupTabs({ tenant, group }: { readonly tenant: string; readonly group: GroupAnswer }) {
  const tabs = [
    { id: 'offsets', label: 'Partitions', content: <OffsetsTab tenant={tenant} group={group} /> },
    { id: 'members', label: `Members (${group.members.length})`, content: <MembersTab group={group} /> },
    { id: 'lag', label: 'Lag over time', content: <UsageCharts tenant={tenant} group={group.group} charts={CHARTS} /> },
  ]
  return <PageTabs tabs={tabs} />
}
