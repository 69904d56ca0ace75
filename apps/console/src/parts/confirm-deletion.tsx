// SPDX-License-Identifier: Apache-2.0
/** Asks before something is lost: what goes, and the name again, typed. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { FailedLine } from './failed-line.tsx'

interface ConfirmDeletionProps {
  /** `the topic "payments"`. */
  readonly what: string
  /** What must be typed. */
  readonly name: string
  readonly opened: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
  readonly isBusy: boolean
  readonly error: unknown
  /** What is lost, and for whom. */
  readonly children: ReactNode
}

export function ConfirmDeletion(props: ConfirmDeletionProps) {
  const { what, opened, onClose } = props
  return (
    <Modal opened={opened} onClose={onClose} title={`Delete ${what}?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Question {...props} />
    </Modal>
  )
}

/** Lives while the dialog is open, so that the next one begins empty. */
function Question({ name, onClose, onConfirm, isBusy, error, children }: ConfirmDeletionProps) {
  const [typed, setTyped] = useState('')
  const isRight = typed === name
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isRight) onConfirm()
      }}
    >
      <Stack gap="sm">
        <Text component="div" size="sm">
          {children}
        </Text>
        <TextInput
          label={`Type ${name} to confirm`}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <FailedLine error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button type="submit" color="red" disabled={!isRight} loading={isBusy}>
            Delete
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
