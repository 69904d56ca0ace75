// SPDX-License-Identifier: Apache-2.0
/** Changes partitions and settings of a topic: as people say them, tried at the server before they are saved. */
import type { PutAnswer, TopicSetting } from '@kaas/http-contract'
import { Button, Group, Modal, NumberInput, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { forgetKafkaTopics } from '../../data/kafka-topics.ts'
import { type ResourceItem, usePutResource } from '../../data/resources.ts'
import { ChangeList } from '../../parts/change-list.tsx'
import { FailedLine } from '../../parts/failed-line.tsx'
import { SettingLines } from './setting-lines.tsx'
import { configOf, type SettingLine } from './settings-form.ts'

interface EditSettingsProps {
  readonly resource: ResourceItem<'Topic'>
  readonly settings: readonly TopicSetting[]
  readonly opened: boolean
  readonly onClose: () => void
}

export function EditSettings(props: EditSettingsProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size="lg"
      title={`Change ${props.resource.metadata.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <SettingsForm {...props} />
    </Modal>
  )
}

/** Lives while the dialog is open. */
function SettingsForm({ resource, settings, onClose }: EditSettingsProps) {
  const { spec, metadata } = resource
  const [partitions, setPartitions] = useState(spec.partitions)
  const [description, setDescription] = useState(spec.description ?? '')
  const [lines, setLines] = useState<readonly SettingLine[]>(() =>
    Object.entries(spec.config).map(([name, value]) => ({ name, value })),
  )
  const { config, problems } = configOf(lines)
  const save = useSaving(resource, onClose)
  const wanted = { partitions, config, ...(description.trim() !== '' && { description: description.trim() }) }
  const tried = save.triedFor(wanted)
  return (
    <Stack gap="sm">
      <Partitions least={spec.partitions} value={partitions} onChange={setPartitions} />
      <Textarea
        label="Description"
        autosize
        maxLength={1000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <SettingLines lines={lines} problems={problems} known={settings} onChange={setLines} />
      <FailedLine error={save.error} />
      {tried !== undefined && <ChangeList changes={tried.changes} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={Object.keys(problems).length > 0 || tried?.outcome === 'unchanged'}
          loading={save.isBusy}
          onClick={() => save.run(wanted, tried === undefined)}
        >
          {tried === undefined ? 'See what changes' : `Change ${metadata.name}`}
        </Button>
      </Group>
    </Stack>
  )
}

interface PartitionsProps {
  readonly least: number
  readonly value: number
  readonly onChange: (partitions: number) => void
}

function Partitions({ least, value, onChange }: PartitionsProps) {
  return (
    <NumberInput
      label="Partitions"
      description={`May grow, never shrink: ${least} now. Records of one key may go elsewhere afterwards.`}
      min={least}
      value={value}
      onChange={(next) => onChange(Number(next))}
    />
  )
}

type Wanted = ResourceItem<'Topic'>['spec']

/** Tries and saves a spec; what was tried counts only for exactly that spec. */
function useSaving(resource: ResourceItem<'Topic'>, onDone: () => void) {
  const { apiVersion, kind, metadata } = resource
  const tenant = metadata.tenant ?? ''
  const put = usePutResource({ kind: 'Topic', tenant, name: metadata.name })
  const [tried, setTried] = useState<{ readonly text: string; readonly answer: PutAnswer }>()
  const run = (spec: Wanted, dryRun: boolean) =>
    put.mutate(
      { document: { apiVersion, kind, metadata, spec }, dryRun, expectedGeneration: metadata.generation },
      {
        onSuccess: (answer) => {
          if (dryRun) return setTried({ text: JSON.stringify(spec), answer })
          void forgetKafkaTopics(tenant)
          onDone()
        },
      },
    )
  const triedFor = (spec: Wanted) => (tried?.text === JSON.stringify(spec) && put.error === null ? tried.answer : undefined)
  return { run, triedFor, error: put.error, isBusy: put.isPending }
}
