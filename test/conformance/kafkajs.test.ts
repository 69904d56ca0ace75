// SPDX-License-Identifier: Apache-2.0
import { kafkaJs } from './clients.ts'
import { playStory } from './story.ts'

playStory(kafkaJs)
