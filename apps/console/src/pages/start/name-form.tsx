// SPDX-License-Identifier: Apache-2.0
/** A name and one button: the form of the first three steps. */
import { asKaasError, KaasError } from '@kaas/errors'
import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { FailedLine } from '../../parts/failed-line.tsx'

interface NameFormProps {
  readonly label: string
  readonly suggested: string
  /** Throws what is wrong with a name. */
  readonly check: (name: string) => unknown
  readonly action: string
  readonly isBusy: boolean
  readonly error: unknown
  readonly onSend: (name: string) => void
}

export function NameForm({ label, suggested, check, action, isBusy, error, onSend }: NameFormProps) {
  const [name, setName] = useState(suggested)
  const problem = problemOf(check, name)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (problem === undefined) onSend(name)
  }
  return (
    <form onSubmit={send}>
      <Group gap="sm" align="flex-start">
        <TextInput
          aria-label={label}
          value={name}
          error={problem}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy} disabled={problem !== undefined}>
          {action}
        </Button>
      </Group>
      <FailedLine error={sayTaken(error)} />
    </form>
  )
}

function problemOf(check: NameFormProps['check'], name: string): string | undefined {
  try {
    check(name)
    return undefined
  } catch (error) {
    return asKaasError(error).message
  }
}

/** That it must not exist yet is said in words that fit a form. */
function sayTaken(error: unknown): unknown {
  if (error === null || asKaasError(error).code !== 'resource-changed') return error
  return new KaasError('resource-changed', {
    message: 'There is one of that name already.',
    help: 'Choose another name.',
  })
}
