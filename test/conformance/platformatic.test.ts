// SPDX-License-Identifier: Apache-2.0
import { platformatic } from './clients.ts'
import { playStory } from './story.ts'

playStory(platformatic)
