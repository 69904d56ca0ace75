// SPDX-License-Identifier: Apache-2.0
/** What policies say of a document that they let through. */
import type { PolicyFinding } from '@kaas/http-contract'
import { Alert, Code, Text } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import { PolicyLinks } from './policy-links.tsx'

/** Nothing for none. From the answer of a write: `answer.warnings`. */
export function PolicyWarnings({ warnings }: { readonly warnings: readonly PolicyFinding[] }) {
  if (warnings.length === 0) return null
  return (
    <Alert color="yellow" variant="light" icon={<TriangleAlert size={16} aria-hidden />} title="It is allowed, but">
      {warnings.map(({ policy, field, message }) => (
        <Text size="sm" key={`${policy} ${message}`}>
          {field !== undefined && <Code>{field}</Code>} {message} (policy {policy})
        </Text>
      ))}
      <PolicyLinks sentences={warnings.map(({ policy }) => `(policy ${policy})`)} />
    </Alert>
  )
}
