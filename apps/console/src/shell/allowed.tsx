// SPDX-License-Identifier: Apache-2.0
/** Lets a page be seen by those who have one of its rights somewhere, and tells the others. */
import type { ReactNode } from 'react'
import type { Right } from '../data/may.ts'
import { useMay } from '../data/session.ts'
import { Page } from '../parts/page.tsx'
import { NotAllowed } from '../parts/states.tsx'

interface AllowedProps {
  readonly needs: readonly Right[] | undefined
  readonly title: string
  readonly children: ReactNode
}

export function Allowed({ needs, title, children }: AllowedProps) {
  const may = useMay()
  const [first] = needs ?? []
  if (needs === undefined || first === undefined || needs.some((right) => may(right))) return children
  return (
    <Page title={title}>
      <NotAllowed what={`“${first.verb}” on ${first.kind}`} />
    </Page>
  )
}
