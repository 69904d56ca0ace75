// SPDX-License-Identifier: Apache-2.0
/** What a person chose for this browser: time zone, shown columns. Kept in its local storage; nothing of it is secret or needed. */
import { useSyncExternalStore } from 'react'
import { z } from 'zod'

const KEY = 'kaas.preferences'

const preferencesSchema = z.object({
  /** `local`, `UTC` or a name of the IANA list. */
  zone: z.string().default('local'),
  /** How times are shown at first: `ago` or the moment. */
  times: z.enum(['ago', 'moment']).default('ago'),
  /** Hidden columns by table. */
  hiddenColumns: z.record(z.string(), z.array(z.string())).default({}),
})

/** All preferences. */
export type Preferences = Readonly<z.infer<typeof preferencesSchema>>

const listeners = new Set<() => void>()
let current = load()

/** The preferences, following changes, also those of other tabs. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current)
}

/** Changes some and keeps them. */
export function changePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // Storage is full or forbidden: the choice holds until the page is closed.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) addEventListener('storage', takeOver)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) removeEventListener('storage', takeOver)
  }
}

function takeOver(event: StorageEvent): void {
  if (event.key !== KEY) return
  current = load()
  for (const listener of listeners) listener()
}

function load(): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return preferencesSchema.parse({})
  }
}
