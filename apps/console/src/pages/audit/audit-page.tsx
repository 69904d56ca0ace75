// SPDX-License-Identifier: Apache-2.0
/** Who did what, and who was denied what: every write, sign-in, token, password and look at records that the person may see. */
import { Drawer } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ChangeUrlState, useUrlState } from '../../browser/use-url-state.ts'
import { type AuditEvent, auditQuery } from '../../data/audit.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { KEEP_ROWS, useRows } from '../../parts/data-table/use-rows.ts'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { AuditActions, AuditCheckResult } from './audit-actions.tsx'
import { AUDIT_COLUMNS } from './audit-columns.tsx'
import { AuditRecord } from './audit-record.tsx'
import { AUDIT_DEFAULTS, type AuditUrlState, searchOf } from './audit-search.ts'
import { AuditTools } from './audit-tools.tsx'

export function AuditPage() {
  const [state, change] = useUrlState(AUDIT_DEFAULTS)
  const search = useMemo(() => searchOf(state), [state])
  const list = useInfiniteQuery({ ...auditQuery(search, state.follow === 'on'), ...KEEP_ROWS })
  const { rows, more } = useRows<AuditEvent>(list)
  const table = useTableState('')
  return (
    <Page
      title="Audit"
      lead="Every change, refusal, sign-in, token, password and look at records. Nobody can change it."
      actions={<AuditActions search={search} />}
    >
      <AuditCheckResult />
      {list.error !== null && rows.length === 0 ? (
        <Failed error={list.error} retry={list.refetch} />
      ) : (
        <DataTable
          id="audit"
          label="Records"
          columns={AUDIT_COLUMNS}
          rows={rows}
          rowKey={({ id }) => id}
          state={table}
          more={more}
          onOpen={({ id }) => change({ record: id }, 'step')}
          tools={<AuditTools state={state} change={change} />}
          empty={<Empty title="No record fits">Take a longer time, or fewer words.</Empty>}
        />
      )}
      <OpenRecord event={state.record === '' ? undefined : rows.find(({ id }) => id === state.record)} change={change} />
    </Page>
  )
}

function OpenRecord({
  event,
  change,
}: {
  readonly event: AuditEvent | undefined
  readonly change: ChangeUrlState<AuditUrlState>
}) {
  return (
    <Drawer
      opened={event !== undefined}
      onClose={() => change({ record: '' }, 'step')}
      position="right"
      size="xl"
      title={event === undefined ? '' : `${event.data.actor} · ${event.data.action}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {event !== undefined && (
        <AuditRecord event={event} onNarrow={(narrowed) => change({ ...narrowed, record: '' }, 'step')} />
      )}
    </Drawer>
  )
}
