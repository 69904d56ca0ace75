// SPDX-License-Identifier: Apache-2.0
/** One record whole: every fact with what it narrows the list to, the change before and after, and the CloudEvent as it is. */
import { Anchor, Code, Stack, Table, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { AuditEvent } from '../../data/audit.ts'
import { ChangeList } from '../../parts/change-list.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { TextEditor } from '../../parts/editor/text-editor.tsx'
import { Moment } from '../../parts/moment.tsx'
import { decidedBy } from './audit-columns.tsx'
import type { AuditUrlState } from './audit-search.ts'
import { gatewayFacts } from './gateway-facts.ts'

interface AuditRecordProps {
  readonly event: AuditEvent
  /** Narrows the list to what has this in common. */
  readonly onNarrow: (change: Partial<AuditUrlState>) => void
}

export function AuditRecord({ event, onNarrow }: AuditRecordProps) {
  const { data } = event
  const json = JSON.stringify(event, null, 2)
  return (
    <Stack gap="md">
      {data.message !== undefined && (
        <Text size="sm" {...(data.outcome === 'denied' && { c: 'var(--kaas-bad-text)' })}>
          {data.message}
        </Text>
      )}
      <Facts event={event} onNarrow={onNarrow} />
      <section aria-label="Change">
        <Title order={3} size="h5" mb={4}>
          Before and after
        </Title>
        {data.changes.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing was changed by it.
          </Text>
        ) : (
          <ChangeList changes={data.changes} />
        )}
      </section>
      <section aria-label="CloudEvent">
        <Title order={3} size="h5" mb={4}>
          CloudEvent <CopyButton value={json} label="Copy the event" />
        </Title>
        <TextEditor label="The record as a CloudEvent" value={json} language="json" />
      </section>
    </Stack>
  )
}

function Facts({ event, onNarrow }: AuditRecordProps) {
  const { subject, time, data } = event
  const link = (change: Partial<AuditUrlState>, text: string) => (
    <Anchor component="button" type="button" size="sm" ta="start" onClick={() => onNarrow(change)}>
      {text}
    </Anchor>
  )
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['When', <Moment key="when" at={time} show="moment" />],
    ['Who', link({ actor: data.actor }, data.actor)],
    ['Known by', [data.actorKind, data.provider].filter(Boolean).join(' · ')],
    ['What', link({ action: data.action }, data.action)],
    ['On what', link({ below: subject }, subject)],
    ['Tenant', data.tenant === undefined ? undefined : link({ tenant: data.tenant }, data.tenant)],
    ['Team', data.team === undefined ? undefined : link({ team: data.team }, data.team)],
    ['Outcome', data.outcome],
    ['Decided by', `${decidedBy(event)}${data.role === undefined ? '' : ` (${data.rule})`}`],
    ...wayFacts(data),
    ['Session or token', data.session === undefined ? undefined : <Code key="session">{data.session}</Code>],
    ['Request', data.requestId === undefined ? undefined : <Code key="request">{data.requestId}</Code>],
    ['Number', Number(event.sequence)],
  ]
  return (
    <Table aria-label="Facts">
      <Table.Tbody>
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w={140}>
                {name}
              </Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  )
}

/** The way in, and what gateways add to it. */
function wayFacts({ via, remoteAddress, after }: AuditEvent['data']): readonly (readonly [string, ReactNode])[] {
  const { times, first, last, by, gateway } = gatewayFacts(after)
  return [
    ['Through', via],
    ['From', remoteAddress],
    ['How often', times],
    ['First', first === undefined ? undefined : <Moment key="first" at={first} show="moment" />],
    ['Last', last === undefined ? undefined : <Moment key="last" at={last} show="moment" />],
    ['By', by],
    ['Gateway', gateway === undefined ? undefined : <Code key="gateway">{gateway}</Code>],
  ]
}
