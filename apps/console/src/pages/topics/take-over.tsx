// SPDX-License-Identifier: Apache-2.0
/** Gives a topic that a Kafka client made a document that says what is so already. */
import { API_VERSION } from '@kaas/domain'
import type { TopicSetting } from '@kaas/http-contract'
import { Button, Stack } from '@mantine/core'
import { forgetKafkaTopics } from '../../data/kafka-topics.ts'
import { usePutResource } from '../../data/resources.ts'
import { FailedLine } from '../../parts/failed-line.tsx'

interface TakeOverProps {
  readonly tenant: string
  readonly topic: string
  readonly partitions: number
  readonly settings: readonly TopicSetting[]
}

export function TakeOver({ tenant, topic, partitions, settings }: TakeOverProps) {
  const put = usePutResource({ kind: 'Topic', tenant, name: topic })
  const config = Object.fromEntries(
    settings.flatMap(({ name, value, source }) => (source === 'topic' && value !== undefined ? [[name, value]] : [])),
  )
  const document = {
    apiVersion: API_VERSION,
    kind: 'Topic',
    metadata: { name: topic, tenant },
    spec: { partitions, config },
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        loading={put.isPending}
        onClick={() => put.mutate({ document, expectedGeneration: 0 }, { onSuccess: () => void forgetKafkaTopics(tenant) })}
      >
        Make a document of it
      </Button>
      <FailedLine error={put.error} />
    </Stack>
  )
}
