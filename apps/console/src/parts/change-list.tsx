// SPDX-License-Identifier: Apache-2.0
/** What a change does, field by field: before and after. */
import type { Change } from '@kaas/http-contract'
import { Code, Table, Text } from '@mantine/core'

/** Paths are those of the document: `spec.partitions`. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) return <Text size="sm">Nothing changes.</Text>
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table aria-label="Changes">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th>Before</Table.Th>
            <Table.Th>After</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ path, before, after }) => (
            <Table.Tr key={path}>
              <Table.Td>
                <Code>{path}</Code>
              </Table.Td>
              <Table.Td>{valueText(before)}</Table.Td>
              <Table.Td fw={600}>{valueText(after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function valueText(value: unknown): string {
  if (value === undefined) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
