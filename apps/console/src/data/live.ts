// SPDX-License-Identifier: Apache-2.0
/**
 * The one event stream of the app. Events change what is in the cache: conditions at once, everything else by asking again for what
 * is on the screen, lists at most once a second. The stream rests while nobody looks at the tab, and resumes where it was.
 */
import type { EventAnswer } from '@kaas/http-contract'
import type { InfiniteData } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { api } from './api.ts'
import { queryClient, SESSION_KEY } from './query-client.ts'
import type { ResourceItem } from './resources.ts'

/** `resting`: the tab is hidden. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'resting'

const GRANTING_KINDS: readonly string[] = ['Team', 'Role', 'RoleBinding']
const LISTS_EVERY_MS = 1000
const REST_AFTER_MS = 30_000
const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 15_000

type Listener = (event: EventAnswer) => void

/** Follows the stream until `stop`. */
class LiveStream {
  readonly #stateListeners = new Set<() => void>()
  readonly #eventListeners = new Set<Listener>()
  readonly #staleLists = new Set<string>()
  #state: LiveState = 'connecting'
  #after: number | undefined
  #ended = new AbortController()
  #restTimer: ReturnType<typeof setTimeout> | undefined
  #listTimer: ReturnType<typeof setTimeout> | undefined

  get state(): LiveState {
    return this.#state
  }

  /** Begins. A second call begins anew. */
  start(): void {
    this.#ended.abort()
    this.#ended = new AbortController()
    document.addEventListener('visibilitychange', this.#visibilityChanged)
    void this.#follow(this.#ended.signal)
  }

  /** Ends it and forgets where it was. */
  stop(): void {
    document.removeEventListener('visibilitychange', this.#visibilityChanged)
    clearTimeout(this.#restTimer)
    this.#ended.abort()
    this.#after = undefined
  }

  readonly watchState = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  /** Hears every event; for what the cache has no key for. */
  watchEvents(listener: Listener): () => void {
    this.#eventListeners.add(listener)
    return () => this.#eventListeners.delete(listener)
  }

  async #follow(signal: AbortSignal): Promise<void> {
    let delayMs = FIRST_DELAY_MS
    while (!signal.aborted) {
      try {
        const onOpen = () => {
          delayMs = FIRST_DELAY_MS
          // What happened while there was no stream and nothing to resume from is not known.
          if (this.#state === 'reconnecting' && this.#after === undefined) void queryClient.invalidateQueries()
          this.#become('live')
        }
        const resume = this.#after === undefined ? {} : { after: this.#after }
        for await (const event of api(signal).events({ ...resume, onOpen })) this.#take(event)
      } catch {
        // Said by the state; asked again below.
      }
      if (signal.aborted) return
      this.#become('reconnecting')
      await new Promise((resolve) => setTimeout(resolve, delayMs))
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)
    }
  }

  #take(event: EventAnswer): void {
    this.#after = event.sequence
    applyEvent(event)
    if (event.type !== 'status') this.#staleLists.add(event.kind)
    // What she may do may be another now.
    if (event.type !== 'status' && GRANTING_KINDS.includes(event.kind))
      void queryClient.invalidateQueries({ queryKey: SESSION_KEY })
    this.#listTimer ??= setTimeout(() => void this.#refreshLists(), LISTS_EVERY_MS)
    for (const listener of this.#eventListeners) listener(event)
  }

  /** A long list takes its time to be asked for anew: what happens meanwhile waits, else it would begin again and never end. */
  async #refreshLists(): Promise<void> {
    const kinds = [...this.#staleLists]
    this.#staleLists.clear()
    await Promise.allSettled(kinds.map((kind) => queryClient.invalidateQueries({ queryKey: [kind, 'list'] })))
    this.#listTimer = this.#staleLists.size === 0 ? undefined : setTimeout(() => void this.#refreshLists(), LISTS_EVERY_MS)
  }

  readonly #visibilityChanged = (): void => {
    clearTimeout(this.#restTimer)
    if (document.visibilityState === 'hidden') {
      this.#restTimer = setTimeout(() => {
        this.#ended.abort()
        this.#become('resting')
      }, REST_AFTER_MS)
    } else if (this.#state === 'resting') {
      this.#become('reconnecting')
      this.start()
    }
  }

  #become(state: LiveState): void {
    if (this.#state === state) return
    this.#state = state
    for (const listener of this.#stateListeners) listener()
  }
}

/** The stream of this tab. */
export const liveStream = new LiveStream()

/** Whether changes arrive. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(liveStream.watchState, () => liveStream.state)
}

function applyEvent({ type, kind, tenant = '', name, conditions }: EventAnswer): void {
  const one = [kind, 'one', tenant, name]
  if (type === 'removed') {
    void queryClient.invalidateQueries({ queryKey: one })
    return
  }
  const withConditions = <T extends Item>(item: T): T =>
    item.status === undefined ? item : { ...item, status: { ...item.status, conditions } }
  queryClient.setQueriesData<InfiniteData<{ readonly items: readonly Item[] }>>({ queryKey: [kind, 'list'] }, (list) =>
    patchList(list, (item) => (isOf(item, tenant, name) ? withConditions(item) : item)),
  )
  // The document has more than the event: steps, what was observed.
  void queryClient.invalidateQueries({ queryKey: one })
}

type Item = ResourceItem<'Tenant' | 'Topic' | 'User'>

function isOf({ metadata }: Item, tenant: string, name: string): boolean {
  return metadata.name === name && (metadata.tenant ?? '') === tenant
}

function patchList(
  list: InfiniteData<{ readonly items: readonly Item[] }> | undefined,
  patch: (item: Item) => Item,
): InfiniteData<{ readonly items: readonly Item[] }> | undefined {
  if (list === undefined) return undefined
  let changed = false
  const pages = list.pages.map((page) => {
    const items = page.items.map(patch)
    const differs = items.some((item, index) => item !== page.items[index])
    changed ||= differs
    return differs ? { ...page, items } : page
  })
  return changed ? { ...list, pages } : list
}
