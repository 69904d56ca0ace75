// SPDX-License-Identifier: Apache-2.0
/** Records of topics: one whole, new ones, and links to downloads. A browse is `browse.ts`. */
import {
  type ExportRequest,
  exportPath,
  type MessageQuery,
  messagePartPath,
  type ProduceAnswer,
  type ProduceRequest,
  type TopicPath,
  type WholeMessage,
} from '@kaas/http-contract'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api } from './api.ts'
import { forgetKafkaTopics } from './kafka-topics.ts'

/** One whole record, read in some way. Records do not change: it is asked for once. */
export function wholeMessageQuery(topic: TopicPath, partition: number, offset: number, reading: MessageQuery = {}) {
  return queryOptions({
    queryKey: ['message', topic.tenant, topic.topic, partition, offset, reading],
    queryFn: ({ signal }) => api(signal).readMessage(topic, partition, offset, reading),
    staleTime: Number.POSITIVE_INFINITY,
    // Five megabytes each: what nobody looks at is let go soon.
    gcTime: 30_000,
  })
}

/** The same outside of a component, not kept. */
export function readWholeMessage(topic: TopicPath, partition: number, offset: number): Promise<WholeMessage> {
  return api().readMessage(topic, partition, offset)
}

/** Writes records. */
export async function produceMessages(topic: TopicPath, request: ProduceRequest): Promise<ProduceAnswer> {
  const answer = await api().produceMessages(topic, request)
  void forgetKafkaTopics(topic.tenant)
  return answer
}

/** `produceMessages` for components. */
export function useProduce(topic: TopicPath) {
  return useMutation({ mutationFn: (request: ProduceRequest) => produceMessages(topic, request) })
}

/** Where the browser downloads an export. */
export function exportLink(topic: TopicPath, request: ExportRequest): string {
  return exportPath(topic, request)
}

/** Where the browser downloads the bytes of a key or value. */
export function partLink(topic: TopicPath, partition: number, offset: number, part: 'key' | 'value'): string {
  return messagePartPath(topic, partition, offset, part)
}
