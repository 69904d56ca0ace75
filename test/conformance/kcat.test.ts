// SPDX-License-Identifier: Apache-2.0
import { kcat } from './kcat-client.ts'
import { playStory } from './story.ts'

playStory(kcat)
