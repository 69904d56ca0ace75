// SPDX-License-Identifier: Apache-2.0
/** The story before the oldest Kafka that KaaS supports (decision 0033): who upgrades her brokers later has the gateway today. */
import { OLDEST_KAFKA } from '@kaas/testkit'
import { franzGo } from './clients.ts'
import { playStory } from './story.ts'

playStory({ ...franzGo, compressions: ['none', 'zstd'], mechanisms: ['SCRAM-SHA-512'] }, { version: OLDEST_KAFKA })
