// SPDX-License-Identifier: Apache-2.0
/** Settings in force: as people say them, beside what Kafka has, and what they would be otherwise. */
import type { TopicSetting } from '@kaas/http-contract'
import { Badge, Button, Code, Group, SegmentedControl, Text, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { topicSettingsQuery } from '../../data/kafka-topics.ts'
import type { ResourceItem } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { EditSettings } from './edit-settings.tsx'

interface SettingsTabProps {
  readonly tenant: string
  readonly topic: string
  readonly resource: ResourceItem<'Topic'> | undefined
}

const DEFAULTS = { settings: 'differs' }

export function SettingsTab({ tenant, topic, resource }: SettingsTabProps) {
  const query = useQuery(topicSettingsQuery(tenant, topic))
  const may = useMayInTenant(tenant)
  const [isEditing, setEditing] = useState(false)
  const canEdit = resource !== undefined && may({ verb: 'write', kind: 'Topic' })
  return (
    <QueryStates query={query}>
      {(settings) => (
        <>
          <SettingsTable settings={settings} canEdit={canEdit} onEdit={() => setEditing(true)} />
          {resource !== undefined && (
            <EditSettings resource={resource} settings={settings} opened={isEditing} onClose={() => setEditing(false)} />
          )}
        </>
      )}
    </QueryStates>
  )
}

interface SettingsTableProps {
  readonly settings: readonly TopicSetting[]
  readonly canEdit: boolean
  readonly onEdit: () => void
}

function SettingsTable({ settings, canEdit, onEdit }: SettingsTableProps) {
  const [{ settings: shown }, change] = useUrlState(DEFAULTS)
  const state = useTableState('name')
  const rows = shown === 'all' ? settings : settings.filter(({ differs }) => differs)
  return (
    <DataTable
      id="settings"
      label="Settings"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ name }) => name}
      state={state}
      tools={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="Which settings"
            value={shown}
            onChange={(next) => change({ settings: next })}
            data={[
              { value: 'differs', label: 'What differs' },
              { value: 'all', label: 'All' },
            ]}
          />
          {canEdit && (
            <Button size="xs" variant="default" onClick={onEdit}>
              Change
            </Button>
          )}
        </Group>
      }
      empty={
        <Empty title="Everything is as usual here">No setting differs from what the brokers would use by themselves.</Empty>
      }
    />
  )
}

const SOURCES: Readonly<Record<TopicSetting['source'], string>> = {
  topic: 'this topic',
  broker: 'the brokers',
  default: 'Kafka',
}

const COLUMNS: readonly Column<TopicSetting>[] = [
  {
    id: 'name',
    header: 'Setting',
    width: 'minmax(230px, 1.4fr)',
    text: ({ name }) => name,
    cell: ({ name, description }) =>
      description === undefined ? <Code>{name}</Code> : <Described name={name} description={description} />,
  },
  {
    id: 'meaning',
    header: 'Value',
    width: 'minmax(150px, 1fr)',
    text: ({ meaning, value }) => meaning ?? value ?? '',
    cell: ({ meaning, value }) => <strong>{(meaning ?? value ?? 'hidden') || 'nothing'}</strong>,
  },
  {
    id: 'value',
    header: 'As Kafka has it',
    width: 'minmax(150px, 1fr)',
    text: ({ value }) => value ?? '',
    cell: ({ value }) => (value === '' ? '–' : <Code>{value ?? '•••'}</Code>),
  },
  {
    id: 'inherited',
    header: 'Otherwise',
    width: 'minmax(120px, 1fr)',
    text: ({ inherited }) => inherited ?? '',
    cell: ({ inherited }) => (
      <Text span size="sm" c="dimmed">
        {inherited ?? '–'}
      </Text>
    ),
  },
  {
    id: 'source',
    header: 'Set by',
    width: '130px',
    text: ({ source }) => SOURCES[source],
    cell: ({ source, differs }) => (
      <Badge variant={differs ? 'light' : 'default'} tt="none" fw={500} size="sm">
        {SOURCES[source]}
      </Badge>
    ),
  },
]

function Described({ name, description }: { readonly name: string; readonly description: string }) {
  return (
    <Tooltip label={description}>
      <Code>{name}</Code>
    </Tooltip>
  )
}
