// SPDX-License-Identifier: Apache-2.0
import { franzGo } from './clients.ts'
import { playStory } from './story.ts'

playStory(franzGo)
