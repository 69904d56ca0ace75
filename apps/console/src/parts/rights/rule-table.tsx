// SPDX-License-Identifier: Apache-2.0
/** What a role gives, as a table of kinds and verbs; to look at, or to choose from. */
import { RIGHT_KINDS, type RightRule, VERBS, type Verb } from '@kaas/domain'
import { Checkbox, Table } from '@mantine/core'
import { rulesGive } from '../../format/right-words.ts'

interface RuleTableProps {
  readonly rules: readonly RightRule[]
  /** Absent, it is only shown. */
  readonly onToggle?: (verb: Verb, kind: string) => void
}

export function RuleTable({ rules, onToggle }: RuleTableProps) {
  return (
    <Table.ScrollContainer minWidth={320} maw={560}>
      <Table withTableBorder highlightOnHover aria-label="What the role gives">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">On</Table.Th>
            {VERBS.map((verb) => (
              <Table.Th key={verb} scope="col">
                {verb}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {RIGHT_KINDS.map((kind) => (
            <Table.Tr key={kind}>
              <Table.Th scope="row" fw={500}>
                {kind}
              </Table.Th>
              {VERBS.map((verb) => (
                <Table.Td key={verb}>
                  <Mark verb={verb} kind={kind} rules={rules} onToggle={onToggle} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

interface MarkProps {
  readonly verb: Verb
  readonly kind: string
  readonly rules: readonly RightRule[]
  readonly onToggle: RuleTableProps['onToggle'] | undefined
}

function Mark({ verb, kind, rules, onToggle }: MarkProps) {
  const gives = rulesGive(rules, verb, kind)
  if (onToggle === undefined) return gives ? 'yes' : '–'
  return <Checkbox aria-label={`${verb} ${kind}`} checked={gives} onChange={() => onToggle(verb, kind)} />
}
