// SPDX-License-Identifier: Apache-2.0
/** One record written and read back in the browser: the shortest proof that a tenant works. */

import { KaasError } from '@kaas/errors'
import type { Message, TopicPath } from '@kaas/http-contract'
import { useMutation } from '@tanstack/react-query'
import { api } from './api.ts'
import { produceMessages } from './messages.ts'

/** Enough for a broker that is busy; a record that was acknowledged is there. */
const READ_TIMEOUT_MS = 20_000

/** Writes `text` and reads it from where it was written. `tookMs` is both together. */
export function useFirstMessage(topic: TopicPath) {
  return useMutation({
    mutationFn: async (text: string): Promise<{ readonly message: Message; readonly tookMs: number }> => {
      const started = performance.now()
      const { items } = await produceMessages(topic, { records: [{ value: { encoding: 'text', data: text } }] })
      const [place] = items
      if (place?.offset === undefined) throw refused(place?.problem)
      const message = await readAt(topic, place.partition, place.offset)
      return { message, tookMs: performance.now() - started }
    },
  })
}

async function readAt(topic: TopicPath, partition: number, offset: number): Promise<Message> {
  const signal = AbortSignal.timeout(READ_TIMEOUT_MS)
  const question = { from: 'offset', offset, partitions: String(partition), limit: 1 } as const
  for await (const event of api().browseMessages(topic, question, { signal })) {
    if (event.kind === 'message') return event.message
    if (event.kind === 'problem') throw new KaasError('api-unavailable', { message: event.problem.detail })
  }
  throw unread()
}

function refused(problem = 'Nothing was written.'): KaasError {
  return new KaasError('api-unavailable', { message: problem, help: 'Try again, or write to another topic.' })
}

function unread(): KaasError {
  return new KaasError('api-unavailable', {
    message: 'The record was written and could not be read back.',
    help: 'Look at the messages of the topic.',
  })
}
