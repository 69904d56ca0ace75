// SPDX-License-Identifier: Apache-2.0
/** Moves the offsets of a group in three steps: where to, a look at what would be, and doing it. */
import type { GroupAnswer, OffsetReset } from '@kaas/http-contract'
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { usePreferences } from '../../browser/preferences.ts'
import { useResetOffsets } from '../../data/groups.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { MovesTable } from './moves-table.tsx'
import { ResetFields } from './reset-fields.tsx'
import { EMPTY_RESET_FORM, type ResetForm, resetOf, sayReset, whyNotNow } from './reset-form.ts'

interface ResetOffsetsProps {
  readonly tenant: string
  readonly group: GroupAnswer
  readonly opened: boolean
  readonly onClose: () => void
}

export function ResetOffsets(props: ResetOffsetsProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size="xl"
      title={`Move the offsets of ${props.group.group}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Steps {...props} />
    </Modal>
  )
}

/** Lives while the dialog is open. */
function Steps({ tenant, group, onClose }: ResetOffsetsProps) {
  const { form, asked, step, move, change, look, confirm } = useReset(tenant, group.group)
  const refusal = whyNotNow(group)
  return (
    <Stack gap="sm">
      {refusal !== undefined && (
        <Alert variant="default" icon={<TriangleAlert size={16} aria-hidden />} title={refusal.title} role="status">
          {refusal.help}
        </Alert>
      )}
      {step === 'choose' ? (
        <ResetFields tenant={tenant} group={group} form={form} asked={asked} onChange={change} />
      ) : (
        <Text size="sm">{sayReset(form)}</Text>
      )}
      <FailedLine error={move.error} />
      {move.data !== undefined && <MovesTable moves={move.data.offsets} isDone={step === 'done'} />}
      <Buttons
        step={step}
        isReady={asked.kind === 'reset' && (step === 'choose' || refusal === undefined)}
        isBusy={move.isPending}
        count={move.data?.offsets.length ?? 0}
        onLook={look}
        onBack={() => change(form)}
        onMove={confirm}
        onClose={onClose}
      />
    </Stack>
  )
}

/** What is moved is exactly what was looked at, also for times that were said as "2 hours ago". */
function useReset(tenant: string, group: string) {
  const { zone } = usePreferences()
  const [form, setForm] = useState<ResetForm>(EMPTY_RESET_FORM)
  const [preview, setPreview] = useState<OffsetReset>()
  const move = useResetOffsets(tenant, group)
  const asked = resetOf(form, zone, new Date())
  const isDone = move.data?.dryRun === false
  const change = (next: ResetForm) => {
    setForm(next)
    setPreview(undefined)
    move.reset()
  }
  const look = () => {
    if (asked.kind !== 'reset') return
    move.mutate({ reset: asked.reset, dryRun: true }, { onSuccess: () => setPreview(asked.reset) })
  }
  const confirm = () => preview !== undefined && move.mutate({ reset: preview, dryRun: false })
  const step: Step = isDone ? 'done' : preview === undefined ? 'choose' : 'confirm'
  return { form, asked, step, move, change, look, confirm }
}

type Step = 'choose' | 'confirm' | 'done'

interface ButtonsProps {
  readonly step: Step
  readonly isReady: boolean
  readonly isBusy: boolean
  readonly count: number
  readonly onLook: () => void
  readonly onBack: () => void
  readonly onMove: () => void
  readonly onClose: () => void
}

function Buttons({ step, isReady, isBusy, count, onLook, onBack, onMove, onClose }: ButtonsProps) {
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onClose}>
        {step === 'done' ? 'Close' : 'Cancel'}
      </Button>
      {step === 'choose' && (
        <Button disabled={!isReady} loading={isBusy} onClick={onLook}>
          See what would be
        </Button>
      )}
      {step === 'confirm' && (
        <>
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
          <Button disabled={!isReady || count === 0} loading={isBusy} onClick={onMove}>
            Move {count === 1 ? 'one partition' : `${count} partitions`}
          </Button>
        </>
      )}
    </Group>
  )
}
