// SPDX-License-Identifier: Apache-2.0
/** The form that makes something: its fields, what the server says of it, and a button that works once the form is complete. */
import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

interface CreateFormProps {
  /** What the button says. */
  readonly label: string
  readonly isReady: boolean
  readonly isBusy: boolean
  readonly onCreate: () => void
  /** Fields, then refusals and warnings. */
  readonly children: ReactNode
}

export function CreateForm({ label, isReady, isBusy, onCreate, children }: CreateFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onCreate()
      }}
    >
      <Stack gap="sm">
        {children}
        <Group>
          <Button type="submit" disabled={!isReady} loading={isBusy}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
