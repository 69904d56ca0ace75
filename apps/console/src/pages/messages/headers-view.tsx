// SPDX-License-Identifier: Apache-2.0
/** The headers of a message; a name may come more than once. */
import type { Message } from '@kaas/http-contract'
import { ActionIcon, Group, Table, Text, Tooltip } from '@mantine/core'
import { Filter } from 'lucide-react'
import { numbered } from '../../format/numbered.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { headerTerm } from './filter-text.ts'
import classes from './messages.module.css'

interface HeadersViewProps {
  readonly message: Message
  readonly onFilter: (term: string) => void
}

export function HeadersView({ message: { headers }, onFilter }: HeadersViewProps) {
  if (headers.length === 0) return <Text size="sm">The record has no headers.</Text>
  return (
    <Table aria-label="Headers">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>Value</Table.Th>
          <Table.Th aria-label="Actions" />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {numbered(headers).map(({ key, item: header }) => (
          <HeaderRow key={key} header={header} onFilter={onFilter} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface HeaderRowProps extends Pick<HeadersViewProps, 'onFilter'> {
  readonly header: Message['headers'][number]
}

function HeaderRow({ header: { name, value }, onFilter }: HeaderRowProps) {
  if (value === null)
    return (
      <Table.Tr>
        <Table.Td>{name}</Table.Td>
        <Table.Td c="dimmed">none</Table.Td>
        <Table.Td />
      </Table.Tr>
    )
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <span className={classes.mono}>{value.text}</span>
        {value.truncated && ' …'}
      </Table.Td>
      <Table.Td w={72}>
        <Group gap={8} wrap="nowrap">
          <CopyButton value={value.text} label={`Copy ${name}`} />
          {!value.truncated && value.format !== 'hex' && (
            <Tooltip label="Show only messages with this header">
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={`Show only where ${name} is this`}
                onClick={() => onFilter(headerTerm(name, value.text))}
              >
                <Filter size={13} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
