// SPDX-License-Identifier: Apache-2.0
/** The fields of a new topic. */
import { Accordion, Select, SimpleGrid, Stack, Textarea } from '@mantine/core'
import { formatDuration } from '../../format/times.ts'
import { FormText } from '../../parts/form-text.tsx'
import { type FormProblems, sayRetention, type TopicBounds, type TopicForm } from './new-topic.ts'

interface TopicFieldsProps {
  readonly form: TopicForm
  readonly problems: FormProblems
  readonly bounds: TopicBounds
  readonly onChange: (change: Partial<TopicForm>) => void
}

export function TopicFields(props: TopicFieldsProps) {
  const { form, problems, onChange } = props
  return (
    <Stack gap="sm">
      <FormText of={props} name="name" label="Name" placeholder="payments" data-autofocus required />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Partitions {...props} />
        <Retention {...props} />
      </SimpleGrid>
      <Textarea
        label="What it is for"
        autosize
        maxLength={1000}
        value={form.description}
        error={problems.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <Accordion variant="contained">
        <Accordion.Item value="more">
          <Accordion.Control>More settings</Accordion.Control>
          <Accordion.Panel>
            <FurtherFields {...props} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  )
}

function Partitions(props: TopicFieldsProps) {
  const { bounds } = props
  const left = bounds.partitionsLeft === undefined ? '' : ` ${bounds.partitionsLeft} are left.`
  return (
    <FormText
      of={props}
      name="partitions"
      label="Partitions"
      description={`At most so many consumers of a group read at once. May grow, never shrink.${left}`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="numeric"
      required
    />
  )
}

function Retention(props: TopicFieldsProps) {
  const { form, bounds } = props
  const usual = bounds.retentionMs === undefined ? 'as the tenant ordered' : formatDuration(bounds.retentionMs)
  return (
    <FormText
      of={props}
      name="retention"
      label="Keep records for"
      description={sayRetention(form.retention) ?? `Empty: ${usual}. Say 4 weeks, 7d or 12 hours.`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={usual}
    />
  )
}

const CLEANUPS = [
  { value: 'delete', label: 'Delete old records' },
  { value: 'compact', label: 'Keep the newest of each key' },
  { value: 'compact,delete', label: 'Both: newest of each key, until they are old' },
]

function FurtherFields(props: TopicFieldsProps) {
  const { form, problems, onChange } = props
  return (
    <Stack gap="sm">
      <Select
        label="Clean-up"
        allowDeselect={false}
        data={CLEANUPS}
        value={form.cleanup}
        error={problems.cleanup}
        onChange={(value) => onChange({ cleanup: (value ?? 'delete') as TopicForm['cleanup'] })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <FormText
          of={props}
          name="retentionBytes"
          label="Keep at most, for each partition"
          placeholder="no limit of its own"
        />
        <FormText of={props} name="maxMessage" label="Largest batch" placeholder="1MB" />
      </SimpleGrid>
      <Textarea
        label="Further settings of Kafka"
        description="One on each line: min.insync.replicas=2"
        autosize
        minRows={2}
        value={form.more}
        error={problems.more}
        onChange={(event) => onChange({ more: event.currentTarget.value })}
      />
    </Stack>
  )
}
