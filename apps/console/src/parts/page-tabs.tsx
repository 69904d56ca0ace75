// SPDX-License-Identifier: Apache-2.0
/** The tabs of a page: which one is open stands in the address, and only that one exists. */
import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useUrlState } from '../browser/use-url-state.ts'

/** One tab. `id` is what the address says. */
export interface PageTab {
  readonly id: string
  readonly label: string
  readonly content: ReactNode
}

/** The first is open unless the address names another one that is there. */
const FIRST = { tab: '' }

export function PageTabs({ tabs }: { readonly tabs: readonly PageTab[] }) {
  const [{ tab }, change] = useUrlState(FIRST)
  const first = tabs[0]?.id ?? ''
  const shown = tabs.some(({ id }) => id === tab) ? tab : first
  const open = (next: string | null) => change({ tab: next === first ? '' : (next ?? '') }, 'step')
  return (
    <Tabs value={shown} onChange={open} keepMounted={false}>
      <Tabs.List>
        {tabs.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id} pt="sm">
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
