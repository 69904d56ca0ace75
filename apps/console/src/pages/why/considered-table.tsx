// SPDX-License-Identifier: Apache-2.0
/** Each role that was looked at, with where it holds and why it fits or not. */
import type { Explanation } from '@kaas/http-contract'
import { Table, Text } from '@mantine/core'
import { bindingWords, scopeWords } from '../../format/right-words.ts'
import { StatusMark } from '../../parts/status-mark.tsx'

export function ConsideredTable({ considered }: { readonly considered: Explanation['considered'] }) {
  if (considered.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No role was given: neither by a team nor by a binding.
      </Text>
    )
  }
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table withTableBorder aria-label="Everything that was considered">
        <Table.Thead>
          <Table.Tr>
            {['Role', 'Given by', 'Holds in', 'Fits', 'Why'].map((title) => (
              <Table.Th key={title} scope="col">
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {considered.map(({ grant, fits, why }) => (
            <Table.Tr key={`${grant.role} ${grant.binding} ${scopeWords(grant.scope)}`}>
              <Table.Td>{grant.role}</Table.Td>
              <Table.Td>{bindingWords(grant.binding)}</Table.Td>
              <Table.Td>{scopeWords(grant.scope)}</Table.Td>
              <Table.Td>
                <StatusMark standing={fits ? 'good' : 'unknown'} word={fits ? 'yes' : 'no'} />
              </Table.Td>
              <Table.Td>{why}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
