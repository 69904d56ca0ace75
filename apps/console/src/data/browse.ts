// SPDX-License-Identifier: Apache-2.0
/** A browse of a topic as a component follows it: started, stopped, gone on with. Events are folded in batches. */
import type { BrowseEvent, BrowseRequest, TopicPath } from '@kaas/http-contract'
import { useCallback, useEffect, useRef } from 'react'
import { api } from './api.ts'

/** How often what arrived is handed on. */
const BATCH_MS = 80

/** What a browse tells. `ended` comes once, after the last batch; with an error when it broke. */
export interface BrowseListener {
  readonly events: (events: readonly BrowseEvent[]) => void
  readonly ended: (error?: unknown) => void
}

/** Begins a browse; returns how to stop it. Nothing is told after that. */
export function startBrowse(topic: TopicPath, request: BrowseRequest, listener: BrowseListener): () => void {
  const controller = new AbortController()
  let waiting: BrowseEvent[] = []
  const flush = () => {
    const batch = waiting
    waiting = []
    if (batch.length > 0) listener.events(batch)
  }
  const timer = setInterval(flush, BATCH_MS)
  const follow = async () => {
    for await (const event of api().browseMessages(topic, request, { signal: controller.signal })) waiting.push(event)
  }
  follow().then(
    () => end(),
    (error: unknown) => end(error),
  )
  const end = (error?: unknown) => {
    clearInterval(timer)
    if (controller.signal.aborted) return
    flush()
    listener.ended(error)
  }
  return () => {
    flush()
    clearInterval(timer)
    controller.abort()
  }
}

/** Whatever was begun ends with the component. */
export function useBrowseStarter(topic: TopicPath): {
  readonly start: (request: BrowseRequest, listener: BrowseListener) => void
  readonly stop: () => void
} {
  const running = useRef<(() => void) | undefined>(undefined)
  const { tenant, topic: name } = topic
  const stop = useCallback(() => {
    running.current?.()
    running.current = undefined
  }, [])
  const start = useCallback(
    (request: BrowseRequest, listener: BrowseListener) => {
      stop()
      running.current = startBrowse({ tenant, topic: name }, request, listener)
    },
    [stop, tenant, name],
  )
  useEffect(() => stop, [stop])
  return { start, stop }
}
