// SPDX-License-Identifier: Apache-2.0
/** One topic: its messages, partitions, settings, readers, usage and document. */
import { asKaasError } from '@kaas/errors'
import type { SharedBy } from '@kaas/http-contract'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { topicPartitionsQuery } from '../../data/kafka-topics.ts'
import { type ResourceItem, resourceQuery } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { Page } from '../../parts/page.tsx'
import { PageTabs } from '../../parts/page-tabs.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { ResourceStatus } from '../../parts/status-mark.tsx'
import { aboveInTenant } from '../../parts/tenant-sections.tsx'
import { UsageCharts } from '../../parts/usage-charts.tsx'
import { MessagesView } from '../messages/messages-view.tsx'
import { DeleteTopic } from './delete-topic.tsx'
import { DocumentTab } from './document-tab.tsx'
import { PartitionsTab } from './partitions-tab.tsx'
import { ReadersTab } from './readers-tab.tsx'
import { SettingsTab } from './settings-tab.tsx'
import { MadeBy, SharedMark } from './topic-columns.tsx'

const CHARTS = [
  { metric: 'bytesIn', label: 'Written' },
  { metric: 'recordsIn', label: 'Records written' },
  { metric: 'storedBytes', label: 'Kept' },
] as const

export function TopicPage() {
  const tenant = useParam('tenant')
  const topic = useParam('topic')
  const resource = useTopicDocument(tenant, topic)
  const partitions = useQuery(topicPartitionsQuery(tenant, topic))
  const isDocumented = resource.data !== undefined
  const isAbsent = resource.isAbsent && partitions.error !== null && asKaasError(partitions.error).kind === 'absent'
  return (
    <Page
      title={topic}
      above={aboveInTenant(tenant, { label: 'Topics', path: '/topics' })}
      beside={resource.isAbsent ? <OriginMark partitions={partitions.data} /> : <DocumentMark resource={resource.data} />}
      lead={resource.data?.spec.description}
      actions={isDocumented && <DeleteAction tenant={tenant} topic={topic} />}
    >
      {isAbsent && <Failed error={partitions.error} retry={partitions.refetch} />}
      {resource.isAbsent && partitions.isPending && <Loading />}
      {!isAbsent && !(resource.isAbsent && partitions.isPending) && (
        <TopicTabs
          {...{ tenant, topic }}
          resource={resource.data}
          sharedBy={partitions.data?.sharedBy}
          isLoading={resource.isLoading}
        />
      )}
    </Page>
  )
}

/** The document of the topic; absent for those that Kafka clients made. */
function useTopicDocument(tenant: string, topic: string) {
  const query = useQuery(resourceQuery({ kind: 'Topic', tenant, name: topic }))
  const isAbsent = query.error !== null && asKaasError(query.error).kind === 'absent'
  return { data: query.data, isAbsent, isLoading: query.isPending }
}

function DocumentMark({ resource }: { readonly resource: ResourceItem<'Topic'> | undefined }) {
  return resource === undefined ? null : <ResourceStatus resource={resource} />
}

/** Of a topic without a document here. */
function OriginMark({ partitions }: { readonly partitions: { readonly sharedBy?: SharedBy | undefined } | undefined }) {
  if (partitions === undefined) return null
  return partitions.sharedBy === undefined ? <MadeBy documented={false} /> : <SharedMark sharedBy={partitions.sharedBy} />
}

function DeleteAction({ tenant, topic }: { readonly tenant: string; readonly topic: string }) {
  const may = useMayInTenant(tenant)
  const [isAsking, setAsking] = useState(false)
  if (!may({ verb: 'delete', kind: 'Topic' })) return null
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <DeleteTopic tenant={tenant} topic={topic} opened={isAsking} onClose={() => setAsking(false)} />
    </>
  )
}

interface TabsProps {
  readonly tenant: string
  readonly topic: string
  readonly resource: ResourceItem<'Topic'> | undefined
  /** Whose it is, if not this tenant's: settings and usage are the owner's then. */
  readonly sharedBy: SharedBy | undefined
  readonly isLoading: boolean
}

function TopicTabs({ tenant, topic, resource, sharedBy, isLoading }: TabsProps) {
  const may = useMayInTenant(tenant)
  const mayRead = may({ verb: 'read', kind: 'Message' }) && sharedBy?.access !== 'write'
  const tabs = [
    ...(mayRead ? [{ id: 'messages', label: 'Messages', content: <MessagesView tenant={tenant} topic={topic} /> }] : []),
    { id: 'partitions', label: 'Partitions', content: <PartitionsTab tenant={tenant} topic={topic} /> },
    ...(sharedBy === undefined
      ? [{ id: 'settings', label: 'Settings', content: <SettingsTab tenant={tenant} topic={topic} resource={resource} /> }]
      : []),
    ...(may({ verb: 'read', kind: 'Group' })
      ? [{ id: 'readers', label: 'Readers', content: <ReadersTab tenant={tenant} topic={topic} /> }]
      : []),
    ...(sharedBy === undefined ? ownTabs({ tenant, topic, resource, isLoading }) : []),
  ]
  return <PageTabs tabs={tabs} />
}

function ownTabs({ tenant, topic, resource, isLoading }: Omit<TabsProps, 'sharedBy'>) {
  return [
    { id: 'usage', label: 'Usage', content: <UsageCharts tenant={tenant} topic={topic} charts={CHARTS} /> },
    {
      id: 'yaml',
      label: 'YAML',
      content: isLoading ? <Loading /> : <DocumentTab tenant={tenant} topic={topic} resource={resource} />,
    },
  ]
}
