// SPDX-License-Identifier: Apache-2.0
/** A part of a page that scrolls by itself, and so must be reached by keyboard. */
import type { ReactNode, Ref } from 'react'

interface ScrollRegionProps {
  /** What is in it, for those who do not see it. */
  readonly label: string
  readonly className: string | undefined
  readonly children: ReactNode
  readonly ref?: Ref<HTMLElement>
}

/** Arrow keys scroll what has the focus. */
const REACHABLE = { tabIndex: 0 } as const

export function ScrollRegion({ label, className, children, ref }: ScrollRegionProps) {
  return (
    <section ref={ref} className={className} aria-label={label} {...REACHABLE}>
      {children}
    </section>
  )
}
