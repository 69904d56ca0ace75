// SPDX-License-Identifier: Apache-2.0
/** Columns of the audit log: when, who, what, on what, how it ended and why. */
import type { AuditEvent } from '../../data/audit.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { Moment } from '../../parts/moment.tsx'
import { StatusMark } from '../../parts/status-mark.tsx'

/** The rule that decided: the role and its binding, or the name of the rule. */
export function decidedBy({ data }: Pick<AuditEvent, 'data'>): string {
  if (data.role === undefined) return data.rule
  return data.binding === undefined ? data.role : `${data.role} by ${data.binding}`
}

/** All of them; some are shown only when chosen. */
export const AUDIT_COLUMNS: readonly Column<AuditEvent>[] = [
  {
    id: 'time',
    header: 'Time',
    width: '190px',
    text: ({ time }) => time,
    cell: ({ time }) => <Moment at={time} show="moment" />,
  },
  { id: 'actor', header: 'Who', width: 'minmax(120px, 1fr)', text: ({ data }) => data.actor },
  { id: 'action', header: 'What', width: 'minmax(130px, 1fr)', text: ({ data }) => data.action },
  {
    id: 'subject',
    header: 'On what',
    width: 'minmax(200px, 2fr)',
    text: ({ subject }) => subject,
    cell: ({ subject }) => <code>{subject.replace(/^\/v1\//, '')}</code>,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: '100px',
    text: ({ data }) => data.outcome,
    cell: ({ data }) => (
      <StatusMark
        standing={data.outcome === 'allowed' ? 'good' : 'bad'}
        word={data.outcome === 'allowed' ? 'Allowed' : 'Denied'}
        detail={data.message ?? ''}
      />
    ),
  },
  { id: 'rule', header: 'Decided by', width: 'minmax(150px, 1fr)', text: decidedBy },
  { id: 'tenant', header: 'Tenant', width: '120px', hidden: true, text: ({ data }) => data.tenant ?? '' },
  { id: 'team', header: 'Team', width: '120px', hidden: true, text: ({ data }) => data.team ?? '' },
  { id: 'via', header: 'Through', width: '100px', hidden: true, text: ({ data }) => data.via },
  { id: 'address', header: 'From', width: '140px', hidden: true, text: ({ data }) => data.remoteAddress ?? '' },
  { id: 'provider', header: 'Provider', width: '120px', hidden: true, text: ({ data }) => data.provider ?? '' },
]
