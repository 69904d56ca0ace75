// SPDX-License-Identifier: Apache-2.0
/** Makes a topic: checked while it is typed, here and by a trial at the server, so that refusals stand at their fields. */
import { asKaasError } from '@kaas/errors'
import { Paper } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { dryRunQuery } from '../../data/dry-run.ts'
import { forgetKafkaTopics } from '../../data/kafka-topics.ts'
import { usePutResource } from '../../data/resources.ts'
import { CreateForm } from '../../parts/create-form.tsx'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Page } from '../../parts/page.tsx'
import { PolicyWarnings } from '../../parts/policy-warnings.tsx'
import { aboveInTenant } from '../../parts/tenant-sections.tsx'
import { EMPTY_TOPIC_FORM, type FormProblems, type TopicForm, topicDocument, topicProblems } from './new-topic.ts'
import { TopicFields } from './topic-fields.tsx'
import { topicPath } from './topic-path.ts'
import { useTopicBounds } from './use-topic-bounds.ts'

export function NewTopicPage() {
  const tenant = useParam('tenant')
  return (
    <Page title="Create a topic" above={aboveInTenant(tenant, { label: 'Topics', path: '/topics' })}>
      <Paper withBorder p="md" maw={720}>
        <NewTopicForm tenant={tenant} />
      </Paper>
    </Page>
  )
}

function NewTopicForm({ tenant }: { readonly tenant: string }) {
  const [form, setForm] = useState<TopicForm>(EMPTY_TOPIC_FORM)
  const bounds = useTopicBounds(tenant)
  const problems = topicProblems(form, bounds)
  const isReady = form.name !== '' && Object.keys(problems).length === 0
  const { error, create, isBusy, reset, warnings } = useCreation(tenant, form, isReady)
  const change = (changed: Partial<TopicForm>) => {
    reset()
    setForm({ ...form, ...changed })
  }
  return (
    <CreateForm
      label={`Create ${form.name === '' ? 'the topic' : form.name}`}
      isReady={isReady}
      isBusy={isBusy}
      onCreate={create}
    >
      <TopicFields form={form} problems={{ ...refusalsByField(error), ...problems }} bounds={bounds} onChange={change} />
      <FailedLine error={error} except={SHOWN_AT_FIELDS} />
      <PolicyWarnings warnings={warnings} />
    </CreateForm>
  )
}

/** Tries the form at the server while it is written, and makes the topic when asked to. */
function useCreation(tenant: string, form: TopicForm, isReady: boolean) {
  const navigate = useNavigate()
  const [settled] = useDebouncedValue(form, SETTLE_MS)
  const isSettled = isReady && settled === form
  const reference = { kind: 'Topic', tenant, name: form.name } as const
  const document = isReady ? topicDocument(form, tenant) : undefined
  const tried = useQuery({ ...dryRunQuery(reference, document), enabled: isSettled })
  const put = usePutResource(reference)
  const create = () =>
    put.mutate(
      { document, expectedGeneration: 0 },
      {
        onSuccess: async () => {
          void forgetKafkaTopics(tenant)
          await navigate({ to: topicPath(tenant, form.name) })
        },
      },
    )
  const warnings = isSettled ? (tried.data?.warnings ?? []) : []
  return { create, reset: put.reset, isBusy: put.isPending, warnings, error: put.error ?? (isSettled ? tried.error : null) }
}

/** So long nobody types. */
const SETTLE_MS = 400

const FIELD_OF: Readonly<Record<string, keyof TopicForm>> = {
  'metadata.name': 'name',
  'spec.partitions': 'partitions',
  'spec.description': 'description',
  'spec.config.retention.ms': 'retention',
  'spec.config.retention.bytes': 'retentionBytes',
  'spec.config.max.message.bytes': 'maxMessage',
  'spec.config.cleanup.policy': 'cleanup',
}
const SHOWN_AT_FIELDS = Object.keys(FIELD_OF)

/** What the server or a policy refuses, at the field that it names. */
function refusalsByField(error: unknown): FormProblems {
  if (error === null) return {}
  const entries = asKaasError(error).fields.map(({ path, message }) => [FIELD_OF[path] ?? 'more', message])
  return Object.fromEntries(entries)
}
