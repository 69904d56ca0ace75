// SPDX-License-Identifier: Apache-2.0
import { javaTools } from './java-client.ts'
import { playStory } from './story.ts'

playStory(javaTools)
