// SPDX-License-Identifier: Apache-2.0
/** Makes a topic: checked while typing, tried at the server before anything is made. */
import { asKaasError } from '@kaas/errors'
import { Button, Group, Paper, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { forgetKafkaTopics } from '../../data/kafka-topics.ts'
import { usePutResource } from '../../data/resources.ts'
import { ChangeList } from '../../parts/change-list.tsx'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Page } from '../../parts/page.tsx'
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
  const { put, isTried, run } = useCreation(tenant, form)
  const problems = topicProblems(form, bounds)
  const change = (changed: Partial<TopicForm>) => {
    put.reset()
    setForm({ ...form, ...changed })
  }
  const isReady = form.name !== '' && Object.keys(problems).length === 0
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) run(!isTried)
      }}
    >
      <Stack gap="sm">
        <TopicFields
          form={form}
          problems={{ ...refusalsByField(put.error), ...problems }}
          bounds={bounds}
          onChange={change}
        />
        <FailedLine error={put.error} except={SHOWN_AT_FIELDS} />
        {isTried && <ChangeList changes={put.data?.changes ?? []} />}
        <Group gap="xs">
          <Button type="submit" disabled={!isReady} loading={put.isPending}>
            {isTried ? `Create ${form.name}` : 'Check it'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Tries and makes the topic; what was tried counts only for exactly that form. */
function useCreation(tenant: string, form: TopicForm) {
  const navigate = useNavigate()
  const put = usePutResource({ kind: 'Topic', tenant, name: form.name })
  const [tried, setTried] = useState<TopicForm>()
  const run = (dryRun: boolean) =>
    put.mutate(
      { document: topicDocument(form, tenant), dryRun, expectedGeneration: 0 },
      {
        onSuccess: async () => {
          if (dryRun) return setTried(form)
          void forgetKafkaTopics(tenant)
          await navigate({ to: topicPath(tenant, form.name) })
        },
      },
    )
  return { put, run, isTried: tried === form && put.error === null }
}

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
