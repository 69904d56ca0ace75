// SPDX-License-Identifier: Apache-2.0
import { confluentPython } from './clients.ts'
import { playStory } from './story.ts'

playStory(confluentPython)
