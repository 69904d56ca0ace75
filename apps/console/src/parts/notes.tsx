// SPDX-License-Identifier: Apache-2.0
/** Short notes in the corner: "Copied". The library that shows them is loaded with the first one. */
import type { NotificationData } from '@mantine/notifications'
import { lazy, Suspense, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let isWanted = false

const Notifications = lazy(() => import('./notes-place.tsx').then(({ NotesPlace }) => ({ default: NotesPlace })))

/** Shows a note for some seconds. */
export async function showNote(note: NotificationData): Promise<void> {
  isWanted = true
  for (const listener of listeners) listener()
  const { notifications } = await import('@mantine/notifications')
  notifications.show(note)
}

/** Where notes appear; once in the app. */
export function Notes() {
  const isShown = useSyncExternalStore(subscribe, () => isWanted)
  return isShown ? (
    <Suspense>
      <Notifications />
    </Suspense>
  ) : null
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
