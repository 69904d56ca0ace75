// SPDX-License-Identifier: Apache-2.0
/** What a changed order does to a Kafka of a tenant's own: which steps follow and how long they take, what restarts, what it costs. */
import type { PlanChange } from '@kaas/domain'
import { Alert, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { planChangeQuery } from '../data/plan.ts'
import { changeWords } from '../format/plan-change-words.ts'
import { formatDuration } from '../format/times.ts'
import { FailedLine } from './failed-line.tsx'

/** Nothing for documents that are no order of an own Kafka. `document` was tried at the server. */
export function PlanChangeNote({ document }: { readonly document: unknown }) {
  const { data, error } = useQuery(planChangeQuery(document))
  if (error !== null) return <FailedLine error={error} />
  return data == null ? null : <Note change={data.change} />
}

function Note({ change }: { readonly change: PlanChange }) {
  const { kind, steps, seconds, warnings } = change
  if (kind === 'same' && warnings.length === 0) return null
  return (
    <Alert variant="light" title="What happens to the Kafka">
      <Stack gap="xs">
        {changeWords(change).map((sentence) => (
          <Text size="sm" key={sentence}>
            {sentence}
          </Text>
        ))}
        {steps.length > 0 && (
          <List type="ordered" size="sm" aria-label={`Steps, about ${formatDuration(seconds * 1000)} in all`}>
            {steps.map(({ what, seconds: takes }) => (
              <List.Item key={what}>
                {what} (about {formatDuration(takes * 1000)})
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Alert>
  )
}
