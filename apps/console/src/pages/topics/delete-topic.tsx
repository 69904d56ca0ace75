// SPDX-License-Identifier: Apache-2.0
/** Asks before a topic goes, and says what goes with it. */
import { List } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { forgetKafkaTopics, topicGroupsQuery, topicPartitionsQuery } from '../../data/kafka-topics.ts'
import { useDeleteResource } from '../../data/resources.ts'
import { counted, formatCount } from '../../format/numbers.ts'
import { ConfirmDeletion } from '../../parts/confirm-deletion.tsx'
import { recordsIn } from './partition-sums.ts'

interface DeleteTopicProps {
  readonly tenant: string
  readonly topic: string
  readonly opened: boolean
  readonly onClose: () => void
}

export function DeleteTopic({ tenant, topic, opened, onClose }: DeleteTopicProps) {
  const navigate = useNavigate()
  const remove = useDeleteResource({ kind: 'Topic', tenant, name: topic })
  const confirm = () =>
    remove.mutate(
      { confirm: topic },
      {
        onSuccess: async () => {
          await forgetKafkaTopics(tenant)
          await navigate({ to: `/tenants/${tenant}/topics` })
        },
      },
    )
  return (
    <ConfirmDeletion
      what={`the topic "${topic}"`}
      name={topic}
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      isBusy={remove.isPending}
      error={remove.error}
    >
      <WhatIsLost tenant={tenant} topic={topic} />
    </ConfirmDeletion>
  )
}

function WhatIsLost({ tenant, topic }: { readonly tenant: string; readonly topic: string }) {
  const partitions = useQuery(topicPartitionsQuery(tenant, topic)).data?.partitions
  const readers = useQuery(topicGroupsQuery(tenant, topic)).data?.items ?? []
  const records = partitions === undefined ? undefined : recordsIn(partitions)
  return (
    <>
      Kafka removes it at once, and nothing brings it back:
      <List size="sm" mt={6}>
        <List.Item>{records === undefined ? 'all its records' : `${formatCount(records)} records`}</List.Item>
        {readers.length > 0 && (
          <List.Item>
            the place of {counted(readers.length, 'group')} that {readers.length === 1 ? 'reads' : 'read'} it:{' '}
            {readers
              .slice(0, 5)
              .map(({ group }) => group)
              .join(', ')}
            {readers.length > 5 && ', …'}
          </List.Item>
        )}
      </List>
    </>
  )
}
