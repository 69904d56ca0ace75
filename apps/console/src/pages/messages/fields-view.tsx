// SPDX-License-Identifier: Apache-2.0
/** The values inside of a JSON text, each with its path: to filter by, or to show as a column. */
import { ActionIcon, Group, Table, Tooltip } from '@mantine/core'
import { Columns3, Filter } from 'lucide-react'
import { useMemo } from 'react'
import { type JsonLeaf, jsonLeaves, renderPath, unquote } from '../../format/json-path.ts'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import type { DetailActions } from './detail-actions.ts'
import { filterTerm } from './filter-text.ts'
import classes from './messages.module.css'

interface FieldsViewProps extends DetailActions {
  readonly text: string
  readonly part: 'key' | 'value'
}

const MOST_SHOWN = 300
const LONGEST_VALUE = 300

export function FieldsView({ text, part, onFilter, onColumn }: FieldsViewProps) {
  const leaves = useMemo(() => jsonLeaves(text, MOST_SHOWN), [text])
  return (
    <ScrollRegion className={classes.text} label="Fields">
      <Table aria-label="Fields" fz="xs" horizontalSpacing={6} verticalSpacing={3}>
        <Table.Tbody>
          {leaves.map(({ path, raw }) => (
            <Field key={renderPath(path)} path={path} raw={raw} part={part} onFilter={onFilter} onColumn={onColumn} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  )
}

interface FieldProps extends DetailActions, JsonLeaf {
  readonly part: 'key' | 'value'
}

function Field({ path, raw, part, onFilter, onColumn }: FieldProps) {
  const name = renderPath(path)
  const term = filterTerm(part, path, raw)
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere', minWidth: 90 }}>{name === '' ? part : name}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere', width: '50%' }}>{unquote(raw).slice(0, LONGEST_VALUE)}</Table.Td>
      <Table.Td>
        <Group gap={8} wrap="nowrap" justify="flex-end">
          {term !== undefined && (
            <Act
              label={`Show only where ${name} is this`}
              icon={<Filter size={13} aria-hidden />}
              onClick={() => onFilter(term)}
            />
          )}
          {name !== '' && !name.includes(',') && (
            <Act
              label={`Show ${name} as a column`}
              icon={<Columns3 size={13} aria-hidden />}
              onClick={() => onColumn(part === 'key' ? `key:${name}` : name)}
            />
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}

interface ActProps {
  readonly label: string
  readonly icon: React.ReactNode
  readonly onClick: () => void
}

function Act({ label, icon, onClick }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
