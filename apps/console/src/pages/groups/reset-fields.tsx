// SPDX-License-Identifier: Apache-2.0
/** Where to move offsets, and which. */
import type { GroupAnswer, OffsetTarget } from '@kaas/http-contract'
import { Checkbox, Fieldset, Group, Radio, Stack, TextInput } from '@mantine/core'
import { GroupSelect } from './group-select.tsx'
import { RESET_TARGETS, type Reset, type ResetForm } from './reset-form.ts'

interface ResetFieldsProps {
  readonly tenant: string
  readonly group: GroupAnswer
  readonly form: ResetForm
  readonly asked: Reset
  readonly onChange: (form: ResetForm) => void
}

export function ResetFields(props: ResetFieldsProps) {
  const { form, onChange } = props
  return (
    <Stack gap="sm">
      <Radio.Group
        label="Where to"
        value={form.kind}
        onChange={(kind) => onChange({ ...form, kind: kind as OffsetTarget['kind'], detail: '' })}
      >
        <Stack gap={8} mt={6}>
          {RESET_TARGETS.map(({ kind, label, explains }) => (
            <div key={kind}>
              <Radio value={kind} label={label} description={explains} />
              {form.kind === kind && <Detail {...props} />}
            </div>
          ))}
        </Stack>
      </Radio.Group>
      <WhichTopics {...props} />
    </Stack>
  )
}

const EXAMPLES: Readonly<Partial<Record<OffsetTarget['kind'], readonly [string, string]>>> = {
  time: ['Time', '2 hours ago, 10:30, 2026-11-21 10:30'],
  offset: ['Next offset', '1500'],
  shift: ['Records', '1 to skip one, -100 to go back'],
}

function Detail({ tenant, group, form, asked, onChange }: ResetFieldsProps) {
  const put = (detail: string) => onChange({ ...form, detail })
  const problem = asked.kind === 'problem' && asked.field === 'detail' && form.detail !== '' ? asked.message : undefined
  if (form.kind === 'group') return <GroupSelect tenant={tenant} except={group.group} value={form.detail} onChange={put} />
  const [label, placeholder] = EXAMPLES[form.kind] ?? []
  if (label === undefined) return null
  return (
    <TextInput
      ml={30}
      mt={4}
      maw={320}
      aria-label={label}
      placeholder={placeholder}
      value={form.detail}
      error={problem}
      onChange={(event) => put(event.currentTarget.value)}
    />
  )
}

/** All that the group reads, or some topics, each with all or some partitions. */
function WhichTopics({ group, form, asked, onChange }: ResetFieldsProps) {
  const topics = [...new Set(group.offsets.map(({ topic }) => topic))].sort()
  const toggle = (topic: string) => {
    const { [topic]: known, ...rest } = form.topics
    onChange({ ...form, topics: known === undefined ? { ...form.topics, [topic]: '' } : rest })
  }
  return (
    <Fieldset legend="Which topics (all when none is chosen)" variant="unstyled">
      <Stack gap={6} mah={220} style={{ overflowY: 'auto' }}>
        {topics.map((topic) => (
          <Group key={topic} gap="sm" wrap="wrap">
            <Checkbox label={topic} checked={form.topics[topic] !== undefined} onChange={() => toggle(topic)} />
            {form.topics[topic] !== undefined && (
              <TextInput
                size="xs"
                aria-label={`Partitions of ${topic}`}
                placeholder="all partitions; or 0,3-5"
                value={form.topics[topic]}
                error={asked.kind === 'problem' && asked.field === `topics.${topic}` ? asked.message : undefined}
                onChange={(event) => onChange({ ...form, topics: { ...form.topics, [topic]: event.currentTarget.value } })}
              />
            )}
          </Group>
        ))}
      </Stack>
    </Fieldset>
  )
}
