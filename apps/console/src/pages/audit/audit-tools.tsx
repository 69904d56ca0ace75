// SPDX-License-Identifier: Apache-2.0
/** What the audit log is narrowed by, all of it in the address: words, time, outcome, and what a record was clicked for. */
import { ActionIcon, Badge, Group, Select, Switch, TextInput } from '@mantine/core'
import { X } from 'lucide-react'
import type { ChangeUrlState } from '../../browser/use-url-state.ts'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { type AuditUrlState, chipsOf, PERIODS } from './audit-search.ts'

interface AuditToolsProps {
  readonly state: AuditUrlState
  readonly change: ChangeUrlState<AuditUrlState>
}

export function AuditTools({ state, change }: AuditToolsProps) {
  return (
    <>
      <FilterBox
        value={state.filter}
        onChange={(filter) => change({ filter })}
        placeholder="Who, what, on what, rule or reason"
      />
      <TimeSelect state={state} change={change} />
      <Select
        size="sm"
        w={150}
        aria-label="Outcome"
        value={state.outcome}
        data={[
          { value: '', label: 'Any outcome' },
          { value: 'allowed', label: 'Allowed' },
          { value: 'denied', label: 'Denied' },
        ]}
        allowDeselect={false}
        onChange={(outcome) => change({ outcome: outcome ?? '' })}
      />
      <Switch
        size="sm"
        label="Follow"
        checked={state.follow === 'on'}
        onChange={(event) => change({ follow: event.currentTarget.checked ? 'on' : 'off' })}
      />
      <OwnTimes state={state} change={change} />
      <Chips state={state} change={change} />
    </>
  )
}

function TimeSelect({ state, change }: AuditToolsProps) {
  return (
    <Select
      size="sm"
      w={170}
      aria-label="Time"
      value={state.from !== '' || state.until !== '' ? 'own' : state.period}
      data={[...PERIODS.map(({ value, label }) => ({ value, label })), { value: '', label: 'All times' }, OWN_TIMES]}
      allowDeselect={false}
      onChange={(period) => change(period === 'own' ? { from: hourAgo() } : { period: period ?? '', from: '', until: '' })}
    />
  )
}

const OWN_TIMES = { value: 'own', label: 'From … until …' }
const HOUR_MS = 3_600_000

function hourAgo(): string {
  return new Date(Date.now() - HOUR_MS).toISOString()
}

function OwnTimes({ state, change }: AuditToolsProps) {
  if (state.from === '' && state.until === '') return null
  return (
    <Group gap="xs">
      {(['from', 'until'] as const).map((name) => (
        <TextInput
          key={name}
          size="sm"
          type="datetime-local"
          step={1}
          aria-label={name === 'from' ? 'From' : 'Until'}
          value={wallTime(state[name])}
          onChange={({ currentTarget: { value } }) => change({ [name]: momentOf(value) })}
        />
      ))}
    </Group>
  )
}

/** The field of the browser has no zone; it shows that of the machine. */
function wallTime(moment: string): string {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

function momentOf(wall: string): string {
  const at = new Date(wall)
  return Number.isNaN(at.getTime()) ? '' : at.toISOString()
}

function Chips({ state, change }: AuditToolsProps) {
  const chips = chipsOf(state).filter(({ name }) => name !== 'from' && name !== 'until')
  return chips.length === 0 ? null : (
    <Group gap={4}>
      {chips.map(({ name, value }) => (
        <Badge
          key={name}
          variant="default"
          tt="none"
          fw={500}
          rightSection={
            <ActionIcon
              size={24}
              variant="transparent"
              color="gray"
              aria-label={`Without ${name} ${value}`}
              onClick={() => change({ [name]: '' }, 'step')}
            >
              <X size={12} aria-hidden />
            </ActionIcon>
          }
        >
          {name === 'below' ? 'in' : name}: {value}
        </Badge>
      ))}
    </Group>
  )
}
