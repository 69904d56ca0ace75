// SPDX-License-Identifier: Apache-2.0
import { kafkaPython } from './clients.ts'
import { playStory } from './story.ts'

playStory(kafkaPython)
