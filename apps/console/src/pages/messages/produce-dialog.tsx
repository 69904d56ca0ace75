// SPDX-License-Identifier: Apache-2.0
/** Writes one record: a new one, or one that was read, with edits, also to another topic of the tenant. */
import type { TopicPath } from '@kaas/http-contract'
import { Alert, Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { topicPartitionsQuery } from '../../data/kafka-topics.ts'
import { useProduce } from '../../data/messages.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { HeaderFields } from './header-fields.tsx'
import { PayloadInput } from './payload-input.tsx'
import { type ProduceForm, produceProblems, recordOf } from './produce-form.ts'
import { TopicSelect } from './topic-select.tsx'

interface ProduceDialogProps {
  readonly title: string
  readonly place: TopicPath
  readonly start: ProduceForm
  /** Whether another topic may be chosen. */
  readonly canMove?: boolean
  readonly opened: boolean
  readonly onClose: () => void
  readonly onWritten?: () => void
}

export function ProduceDialog(props: ProduceDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size="xl"
      title={props.title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Fields {...props} />
    </Modal>
  )
}

/** Lives while the dialog is open. */
function Fields({ place, start, canMove = false, onClose, onWritten }: ProduceDialogProps) {
  const [topic, setTopic] = useState(place.topic)
  const [form, setForm] = useState(start)
  const count = useQuery({ ...topicPartitionsQuery(place.tenant, topic), enabled: topic !== '' }).data?.partitions.length
  const produce = useProduce({ tenant: place.tenant, topic })
  const problems = produceProblems(form, count ?? 1_000_000)
  const change = (changed: Partial<ProduceForm>) => {
    produce.reset()
    setForm({ ...form, ...changed })
  }
  const isReady = topic !== '' && Object.keys(problems).length === 0
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) produce.mutate({ records: [recordOf(form)] }, { onSuccess: () => onWritten?.() })
      }}
    >
      <Stack gap="sm">
        {canMove && <TopicSelect tenant={place.tenant} value={topic} onChange={setTopic} />}
        <RecordFields form={form} problems={problems} count={count ?? 0} onChange={change} />
        <FailedLine error={produce.error} />
        <Written answer={produce.data} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" disabled={!isReady} loading={produce.isPending}>
            Write to {topic}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface RecordFieldsProps {
  readonly form: ProduceForm
  readonly problems: Readonly<Record<string, string>>
  /** Of partitions. */
  readonly count: number
  readonly onChange: (change: Partial<ProduceForm>) => void
}

function RecordFields({ form, problems, count, onChange }: RecordFieldsProps) {
  return (
    <>
      <PayloadInput
        label="Key"
        absent="No key"
        field={form.key}
        problem={problems.key}
        onChange={(key) => onChange({ key })}
      />
      <PayloadInput
        label="Value"
        absent="Tombstone"
        isLarge
        field={form.value}
        problem={form.value.data === '' ? undefined : problems.value}
        onChange={(value) => onChange({ value })}
      />
      <HeaderFields headers={form.headers} problems={problems} onChange={(headers) => onChange({ headers })} />
      <PartitionSelect count={count} value={form.partition} onChange={(partition) => onChange({ partition })} />
    </>
  )
}

interface PartitionSelectProps {
  readonly count: number
  readonly value: string
  readonly onChange: (partition: string) => void
}

function PartitionSelect({ count, value, onChange }: PartitionSelectProps) {
  const numbers = Array.from({ length: count }, (_, index) => ({ value: String(index), label: `Partition ${index}` }))
  return (
    <Select
      label="Partition"
      w={240}
      allowDeselect={false}
      searchable={count > 20}
      data={[{ value: '', label: 'By the key' }, ...numbers]}
      value={value}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}

function Written({ answer }: { readonly answer: ReturnType<typeof useProduce>['data'] }) {
  const [item] = answer?.items ?? []
  if (item === undefined) return null
  return item.problem === undefined ? (
    <Alert color="green" variant="light" role="status">
      Written to partition {item.partition}, offset {item.offset}.
    </Alert>
  ) : (
    <Alert color="red" variant="light" role="alert">
      Kafka refused it: {item.problem}
    </Alert>
  )
}
