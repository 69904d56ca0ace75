// SPDX-License-Identifier: Apache-2.0
/** What is asked less often: how to read keys and values, where to end, how much to scan, schemas. */
import { Button, Group, Popover, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { QUESTION_DEFAULTS } from './browse-question.ts'
import { FORMAT_CHOICES } from './format-words.ts'
import type { QuestionProps } from './question-props.ts'
import { SchemaFields } from './schema-fields.tsx'

const RARE = ['until', 'order', 'key', 'value', 'limit', 'scan', 'isolation'] as const

export function QuestionOptions(props: QuestionProps) {
  const { question } = props.asking
  const changed = RARE.filter((name) => question[name] !== QUESTION_DEFAULTS[name]).length
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={520} withinPortal trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<SlidersHorizontal size={14} aria-hidden />} onClick={() => setOpen(!isOpen)}>
          {changed === 0 ? 'Options' : `Options (${changed})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown style={{ maxWidth: '94vw', maxHeight: '70vh', overflowY: 'auto' }}>
        <Stack gap="sm">
          <Options {...props} />
          <SchemaFields {...props} />
          <Buttons ask={props.asking.ask} onAsked={() => setOpen(false)} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

interface ButtonsProps {
  readonly ask: QuestionProps['asking']['ask']
  readonly onAsked: () => void
}

function Buttons({ ask, onAsked }: ButtonsProps) {
  const asUsual = () => ask(Object.fromEntries(RARE.map((name) => [name, QUESTION_DEFAULTS[name]])))
  const read = () => {
    ask()
    onAsked()
  }
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="subtle" color="gray" size="xs" onClick={asUsual}>
        As usual
      </Button>
      <Button size="xs" onClick={read}>
        Read
      </Button>
    </Group>
  )
}

const LIMITS = ['20', '50', '100', '250', '500', '1000']
const SCANS = [
  { value: '10000', label: '10,000 records' },
  { value: '100000', label: '100,000 records' },
  { value: '1000000', label: '1 million records' },
  { value: '10000000', label: '10 million records' },
  { value: '100000000', label: '100 million records' },
]
const ORDERS = [
  { value: '', label: 'As it fits' },
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
]
const ISOLATIONS = [
  { value: 'committed', label: 'Committed only' },
  { value: 'uncommitted', label: 'All, also aborted' },
]

function Options({ asking: { draft, type }, browse }: QuestionProps) {
  const choose = (name: keyof typeof draft) => (value: string | null) => type({ [name]: value ?? QUESTION_DEFAULTS[name] })
  const inPlace = { comboboxProps: { withinPortal: false }, allowDeselect: false } as const
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="xs">
      <Select label="Read values as" {...inPlace} data={FORMAT_CHOICES} value={draft.value} onChange={choose('value')} />
      <Select label="Read keys as" {...inPlace} data={FORMAT_CHOICES} value={draft.key} onChange={choose('key')} />
      <TextInput
        label="Until"
        placeholder="offset or time; the end when empty"
        value={draft.until}
        error={browse.problem?.field === 'until' ? browse.problem.message : undefined}
        onChange={(event) => type({ until: event.currentTarget.value })}
      />
      <Select label="Order" {...inPlace} data={ORDERS} value={draft.order} onChange={choose('order')} />
      <Select label="Show at most" {...inPlace} data={LIMITS} value={draft.limit} onChange={choose('limit')} />
      <Select label="Scan at most" {...inPlace} data={SCANS} value={draft.scan} onChange={choose('scan')} />
      <Select label="Transactions" {...inPlace} data={ISOLATIONS} value={draft.isolation} onChange={choose('isolation')} />
    </SimpleGrid>
  )
}
