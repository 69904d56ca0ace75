// SPDX-License-Identifier: Apache-2.0
/** The routes of topics and groups as Kafka has them. */
import { FIXED_ROUTES, type OffsetReset } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import { deleteGroup } from '../kafka-views/groups/delete-group.ts'
import { describeGroup } from '../kafka-views/groups/describe-group.ts'
import { listGroups } from '../kafka-views/groups/list-groups.ts'
import { resetOffsets } from '../kafka-views/groups/reset-offsets.ts'
import type { KafkaViews } from '../kafka-views/kafka-views.ts'
import type { ListQuestion } from '../kafka-views/lists/ordered-list.ts'
import { listKafkaTopics } from '../kafka-views/topics/list-kafka-topics.ts'
import { topicGroups } from '../kafka-views/topics/topic-groups.ts'
import { topicPartitions } from '../kafka-views/topics/topic-partitions.ts'
import { topicSettings } from '../kafka-views/topics/topic-settings.ts'
import type { ServiceParts } from '../services/service-parts.ts'
import { addRoute } from './add-route.ts'

/** Adds the views of topics and groups. */
export function addTopicViewRoutes(server: FastifyInstance, { store }: ServiceParts, views: KafkaViews): void {
  addRoute(server, FIXED_ROUTES.listKafkaTopics, ({ params: { tenant = '' }, query }) =>
    listKafkaTopics(views, tenant, query as unknown as ListQuestion),
  )
  addRoute(server, FIXED_ROUTES.topicPartitions, ({ params: { tenant = '', name = '' } }) =>
    topicPartitions(views, tenant, name),
  )
  addRoute(server, FIXED_ROUTES.topicSettings, ({ params: { tenant = '', name = '' } }) =>
    topicSettings(views, tenant, name),
  )
  addRoute(server, FIXED_ROUTES.topicGroups, ({ params: { tenant = '', name = '' } }) => topicGroups(views, tenant, name))
  addRoute(server, FIXED_ROUTES.listGroups, ({ params: { tenant = '' }, query }) =>
    listGroups(views, tenant, query as unknown as ListQuestion),
  )
  addRoute(server, FIXED_ROUTES.group, ({ params: { tenant = '', group = '' } }) => describeGroup(views, tenant, group))
  addRoute(server, FIXED_ROUTES.resetOffsets, ({ params: { tenant = '', group = '' }, query, body, actor }) =>
    resetOffsets(views, store, {
      tenant,
      group,
      reset: body as OffsetReset,
      dryRun: query.dryRun === 'true',
      actor,
    }),
  )
  addRoute(server, FIXED_ROUTES.deleteGroup, ({ params: { tenant = '', group = '' }, actor }) =>
    deleteGroup(views, store, { tenant, group, actor }),
  )
}
