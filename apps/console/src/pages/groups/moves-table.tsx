// SPDX-License-Identifier: Apache-2.0
/** What a reset does or did, partition by partition. */
import { Table, Text } from '@mantine/core'
import { counted, formatCount } from '../../format/numbers.ts'
import { sayMove, sumOfLags } from './group-words.ts'

interface Move {
  readonly topic: string
  readonly partition: number
  readonly before?: string | undefined
  readonly after: string
  readonly lagAfter?: string | undefined
  readonly note?: string | undefined
}

/** More rows than this nobody compares by eye; all are moved. */
const MOST_SHOWN = 200

export function MovesTable({ moves, isDone }: { readonly moves: readonly Move[]; readonly isDone: boolean }) {
  if (moves.length === 0) return <Text size="sm">Nothing would be moved: the group has no offsets in what was chosen.</Text>
  const lag = sumOfLags(moves.map(({ lagAfter }) => lagAfter))
  return (
    <>
      <Text size="sm" role="status">
        {counted(moves.length, 'partition')} {isDone ? 'moved' : 'would move'}
        {lag !== undefined && `; ${formatCount(BigInt(lag))} records wait afterwards`}.
      </Text>
      <Table.ScrollContainer minWidth={520} mah={320}>
        <Table aria-label={isDone ? 'What was moved' : 'What would be moved'} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              {['Topic', 'Partition', 'Before', 'After', 'Moves by', 'Lag after', 'Note'].map((header) => (
                <Table.Th key={header}>{header}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {moves.slice(0, MOST_SHOWN).map((move) => (
              <MoveRow key={`${move.topic} ${move.partition}`} move={move} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {moves.length > MOST_SHOWN && (
        <Text size="xs" c="dimmed">
          The first {MOST_SHOWN} are shown.
        </Text>
      )}
    </>
  )
}

function MoveRow({ move: { topic, partition, before, after, lagAfter, note } }: { readonly move: Move }) {
  const number = (text: string | undefined) => (text === undefined ? 'none' : formatCount(BigInt(text)))
  return (
    <Table.Tr>
      <Table.Td>{topic}</Table.Td>
      <Table.Td>{partition}</Table.Td>
      <Table.Td>{number(before)}</Table.Td>
      <Table.Td fw={600}>{number(after)}</Table.Td>
      <Table.Td>{sayMove(before, after) ?? 'new'}</Table.Td>
      <Table.Td>{number(lagAfter)}</Table.Td>
      <Table.Td>{note ?? ''}</Table.Td>
    </Table.Tr>
  )
}
