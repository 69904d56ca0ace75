// SPDX-License-Identifier: Apache-2.0
/** The line above a table: its filter, how many rows, which columns, the table as CSV. */
import { ActionIcon, Checkbox, Group, Popover, Stack, Text, Tooltip } from '@mantine/core'
import { Columns3, Download } from 'lucide-react'
import { useState } from 'react'
import { downloadText } from '../../browser/download.ts'
import { changePreferences, usePreferences } from '../../browser/preferences.ts'
import { renderCsv } from '../../format/csv.ts'
import { formatCount, singularOf } from '../../format/numbers.ts'
import classes from './data-table.module.css'
import type { ShownTableProps } from './table-props.ts'

export function TableTools<Row>(props: ShownTableProps<Row>) {
  const { label, rows, more, total, tools } = props
  const isKnown = rows.length > 0 || more?.isLoading !== true
  const count = `${formatCount(total ?? rows.length)}${total === undefined && more?.hasMore === true ? '+' : ''}`
  return (
    <Group justify="space-between" gap="sm" className={classes.tools}>
      <Group gap="sm" className={classes.left}>
        {tools}
      </Group>
      <Group gap={4}>
        <Text size="sm" c="dimmed" aria-live="polite">
          {isKnown && `${count} ${count === '1' ? singularOf(label.toLowerCase()) : label.toLowerCase()}`}
        </Text>
        <ColumnChoice {...props} />
        <CsvButton {...props} />
      </Group>
    </Group>
  )
}

function ColumnChoice<Row>({ id, columns, shown, state }: ShownTableProps<Row>) {
  const { hiddenColumns } = usePreferences()
  const change = (ids: readonly string[]) => {
    const hidden = columns.filter((column) => !ids.includes(column.id)).map((column) => column.id)
    changePreferences({ hiddenColumns: { ...hiddenColumns, [id]: hidden } })
    const isUsual = columns.every((column) => ids.includes(column.id) === (column.hidden !== true))
    state.change({ columns: isUsual ? '' : ids.join(',') })
  }
  return (
    <Popover position="bottom-end" withinPortal>
      <Popover.Target>
        <Tooltip label="Columns">
          <ActionIcon variant="subtle" color="gray" aria-label="Choose columns">
            <Columns3 size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Checkbox.Group value={shown.map((column) => column.id)} onChange={change} label="Columns">
          <Stack gap={6} mt={6}>
            {columns.map((column) => (
              <Checkbox key={column.id} size="xs" value={column.id} label={column.header} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}

function CsvButton<Row>({ id, rows, shown, loadAll }: ShownTableProps<Row>) {
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const all = loadAll === undefined ? rows : await loadAll()
      const lines = [shown.map(({ header }) => header), ...all.map((row) => shown.map(({ text }) => text(row)))]
      downloadText(`${id}.csv`, renderCsv(lines), 'text/csv')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Tooltip label="Save as CSV">
      <ActionIcon variant="subtle" color="gray" aria-label="Save as CSV" loading={isBusy} onClick={() => void save()}>
        <Download size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
