// SPDX-License-Identifier: Apache-2.0
/** The top of every page: where one is, its title, what can be done. Sets the title of the document and takes the focus. */
import { Anchor, Group, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './page.module.css'

/** What a page shows around its content. */
export interface PageProps {
  readonly title: string
  /** Pages above this one, outermost first. */
  readonly above?: readonly { readonly label: string; readonly to: string }[]
  /** A badge or the like beside the title. */
  readonly beside?: ReactNode
  /** One sentence below the title. */
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** Whether a page was shown before: the first one leaves the focus where the browser has it. */
let hasShownPage = false

export function Page({ title, above = [], beside, lead, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // The list that everything is in says nothing; what is between it and the page does.
  const documentTitle = [
    title,
    ...above
      .slice(1)
      .map(({ label }) => label)
      .reverse(),
    'KaaS',
  ].join(' · ')
  useEffect(() => {
    document.title = documentTitle
  }, [documentTitle])
  useEffect(() => {
    if (hasShownPage) heading.current?.focus({ preventScroll: true })
    hasShownPage = true
  }, [])
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <div className={classes.titles}>
          <Above above={above} />
          <Group gap="sm" wrap="wrap">
            <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
              {title}
            </Title>
            {beside}
          </Group>
          {lead !== undefined && (
            <Text c="dimmed" size="sm" className={classes.lead}>
              {lead}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </header>
      {children}
    </div>
  )
}

function Above({ above }: { readonly above: NonNullable<PageProps['above']> }) {
  return above.length === 0 ? null : (
    <nav aria-label="Above this page" className={classes.above}>
      {above.map(({ label, to }) => (
        <span key={to}>
          <Anchor component={Link} to={to} size="sm">
            {label}
          </Anchor>
          <span aria-hidden="true"> / </span>
        </span>
      ))}
    </nav>
  )
}
