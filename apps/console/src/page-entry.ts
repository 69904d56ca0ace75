// SPDX-License-Identifier: Apache-2.0
/** What the shell must know of a page before it is loaded. */
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { Right } from './data/may.ts'

/** Parts of the navigation, in their order. */
export const NAVIGATION_SECTIONS = ['Work', 'Platform', 'People'] as const

/** An entry of the list in `pages.ts`. */
export interface PageEntry {
  /** `$name` is a part that the page reads by `useParam('name')`. */
  readonly path: string
  /** For the palette, and until the page says its own. */
  readonly title: string
  /** The component; its code is loaded when somebody goes there. */
  readonly load: () => Promise<ComponentType>
  /** Who has none of these rights anywhere is told so instead, and is not offered the page. */
  readonly needs?: readonly Right[]
  /** Where the navigation has it; absent for pages that are reached from others. */
  readonly navigation?: { readonly section: (typeof NAVIGATION_SECTIONS)[number]; readonly icon: LucideIcon }
  /** Without header and navigation, and without a session: the sign-in. */
  readonly bare?: boolean
}
