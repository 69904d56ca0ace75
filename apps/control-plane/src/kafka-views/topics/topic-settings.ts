// SPDX-License-Identifier: Apache-2.0
/** The settings of a topic that are in force: raw, as people say them, where each comes from, and what it overrides. */
import type { TopicSetting } from '@kaas/http-contract'
import type { ConfigEntry, ConfigSource } from '@kaas/kafka-admin'
import type { KafkaViews } from '../kafka-views.ts'
import { withInheritedTimes } from './inherited-times.ts'
import { SETTING_DESCRIPTIONS } from './setting-descriptions.ts'
import { meaningOf } from './setting-meaning.ts'
import { topicNameOf } from './topic-partitions.ts'

/** In order of names. Throws `resource-absent`, and what Kafka fails with. */
export async function topicSettings(
  views: KafkaViews,
  tenant: string,
  topic: string,
): Promise<{ readonly settings: readonly TopicSetting[] }> {
  // Settings of a topic that is shared are the owner's: Kafka tells them to nobody else either.
  const entries = await views.kafka.in(tenant, async ({ admin, names }) =>
    withInheritedTimes(
      admin,
      await admin.describeConfigs('topic', topicNameOf({ names, shares: [] }, topic), undefined, true),
    ),
  )
  return { settings: entries.map(settingOf).sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

/** One setting; `differs` compares values, so a topic that repeats the default does not differ. */
export function settingOf({ name, value, source, fallback }: ConfigEntry): TopicSetting {
  const meaning = value === null ? undefined : meaningOf(name, value)
  const description = SETTING_DESCRIPTIONS[name]
  const inherited = fallback?.value ?? undefined
  return {
    name,
    ...(value === null ? {} : { value }),
    ...(meaning === undefined ? {} : { meaning }),
    source: sourceOf(source),
    differs: source === 'topic' && value !== null && value !== inherited,
    ...(inherited === undefined ? {} : { inherited }),
    ...(description === undefined ? {} : { description }),
  }
}

function sourceOf(source: ConfigSource): TopicSetting['source'] {
  switch (source) {
    case 'topic':
      return 'topic'
    case 'broker':
    case 'brokerDefault':
    case 'staticBroker':
    case 'group':
      return 'broker'
    case 'default':
    case 'unknown':
      return 'default'
    default:
      return source satisfies never
  }
}
