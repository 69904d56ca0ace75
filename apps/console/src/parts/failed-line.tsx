// SPDX-License-Identifier: Apache-2.0
/** Why something that a person asked for was refused, beside the button that she pressed: message, help, fields and code. */
import { asKaasError } from '@kaas/errors'
import { Alert, Code, Text } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import { PolicyLinks } from './policy-links.tsx'

/** Nothing for no error. `except` names fields whose problems stand at the field itself. */
export function FailedLine({ error, except = [] }: { readonly error: unknown; readonly except?: readonly string[] }) {
  if (error === null || error === undefined) return null
  const problem = asKaasError(error)
  const fields = problem.fields.filter(({ path }) => !except.includes(path))
  return (
    <Alert color="red" variant="light" icon={<CircleAlert size={16} aria-hidden />} role="alert">
      <Text size="sm">{problem.message}</Text>
      {problem.help !== undefined && <Text size="sm">{problem.help}</Text>}
      {fields.map(({ path, message }) => (
        <Text size="sm" key={path + message}>
          <Code>{path}</Code> {message}
        </Text>
      ))}
      {problem.code === 'policy-refused' && <PolicyLinks sentences={problem.fields.map(({ message }) => message)} />}
      <Text size="xs" c="dimmed">
        Error code <Code>{problem.code}</Code>
      </Text>
    </Alert>
  )
}
