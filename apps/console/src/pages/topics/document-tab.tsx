// SPDX-License-Identifier: Apache-2.0
/** The document of a topic as YAML; for a topic without one, how it gets one. */
import { useQuery } from '@tanstack/react-query'
import { forgetKafkaTopics, topicPartitionsQuery, topicSettingsQuery } from '../../data/kafka-topics.ts'
import type { ResourceItem } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { DocumentEditor } from '../../parts/document-editor.tsx'
import { Empty } from '../../parts/states.tsx'
import { TakeOver } from './take-over.tsx'

interface DocumentTabProps {
  readonly tenant: string
  readonly topic: string
  readonly resource: ResourceItem<'Topic'> | undefined
}

export function DocumentTab({ tenant, topic, resource }: DocumentTabProps) {
  const may = useMayInTenant(tenant)
  const mayEdit = may({ verb: 'write', kind: 'Topic' })
  if (resource === undefined) return <NoDocument tenant={tenant} topic={topic} mayEdit={mayEdit} />
  return (
    <DocumentEditor
      reference={{ kind: 'Topic', tenant, name: topic }}
      resource={resource}
      mayEdit={mayEdit}
      onSaved={() => void forgetKafkaTopics(tenant)}
    />
  )
}

function NoDocument({
  tenant,
  topic,
  mayEdit,
}: {
  readonly tenant: string
  readonly topic: string
  readonly mayEdit: boolean
}) {
  const partitions = useQuery(topicPartitionsQuery(tenant, topic)).data?.partitions.length
  const settings = useQuery(topicSettingsQuery(tenant, topic)).data
  return (
    <Empty
      title="No document describes this topic"
      action={
        mayEdit &&
        partitions !== undefined &&
        settings !== undefined && <TakeOver tenant={tenant} topic={topic} partitions={partitions} settings={settings} />
      }
    >
      A Kafka client made it. With a document its settings are kept as they are written, and it can be changed and deleted
      here.
    </Empty>
  )
}
