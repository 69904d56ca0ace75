// SPDX-License-Identifier: Apache-2.0
/** The corner for notes, with its styles: loaded with the first note (`notes.tsx`). */
import '@mantine/notifications/styles.css'
import { Notifications } from '@mantine/notifications'

export function NotesPlace() {
  return <Notifications position="bottom-right" />
}
