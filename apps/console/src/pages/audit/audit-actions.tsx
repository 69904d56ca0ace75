// SPDX-License-Identifier: Apache-2.0
/** The log as a file, and whether it is as it was written. */
import { Alert, Button, Code, List, Menu, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Download, ShieldCheck } from 'lucide-react'
import { type AuditSearch, auditCheckQuery, auditFilePath } from '../../data/audit.ts'
import { useMay } from '../../data/session.ts'
import { counted } from '../../format/numbers.ts'
import { FailedLine } from '../../parts/failed-line.tsx'

export function AuditActions({ search }: { readonly search: AuditSearch }) {
  const may = useMay()
  const check = useQuery(auditCheckQuery)
  return (
    <>
      {may({ verb: 'read', kind: 'Audit' }, {}) && (
        <Button
          variant="default"
          leftSection={<ShieldCheck size={15} aria-hidden />}
          loading={check.isFetching}
          onClick={() => void check.refetch()}
        >
          Check the seals
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<Download size={15} aria-hidden />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={auditFilePath(search, 'csv')} download="audit.csv">
            CSV, for spreadsheets
          </Menu.Item>
          <Menu.Item component="a" href={auditFilePath(search, 'jsonl')} download="audit.jsonl">
            CloudEvents, one JSON a line
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

/** What the last check found; nothing before the first. */
export function AuditCheckResult() {
  const { data, error } = useQuery(auditCheckQuery)
  if (error !== null) return <FailedLine error={error} />
  if (data === undefined) return null
  const isWhole = data.problems.length === 0
  return (
    <Alert
      color={isWhole ? 'green' : 'red'}
      variant="light"
      role="status"
      title={isWhole ? 'The log is as it was written' : 'Somebody changed the log'}
    >
      <Text size="sm">
        {counted(data.records, 'sealed record')} were read
        {data.unsealed === 0 ? '' : `, and ${counted(data.unsealed, 'record')} from before seals were made`}.
      </Text>
      <List size="sm">
        {data.problems.map(({ sequence, message }) => (
          <List.Item key={`${sequence} ${message}`}>
            Number {sequence}: {message}
          </List.Item>
        ))}
      </List>
      <Text size="sm">
        Written down elsewhere, this shows later that nothing was cut off: <Code>{data.head}</Code>
      </Text>
    </Alert>
  )
}
