// SPDX-License-Identifier: Apache-2.0
/** One step of the way: open, on its way, done with what came of it, or still to come. The open one has the focus. */
import { Text, Title } from '@mantine/core'
import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { StatusMark } from '../../parts/status-mark.tsx'
import type { StepState } from './first-steps-state.ts'
import classes from './start-page.module.css'

/** What a step is given. */
export interface StepProps {
  readonly number: number
  readonly title: string
  readonly state: StepState
  /** While it waits: what happens now. */
  readonly waitsFor?: string | undefined
  /** What came of it. */
  readonly summary?: ReactNode
  /** The form, shown when it is its turn. */
  readonly children: ReactNode
}

export function Step({ number, title, state, waitsFor, summary, children }: StepProps) {
  const place = useRef<HTMLLIElement>(null)
  const before = useRef(state)
  useEffect(() => {
    // The first step takes no focus from the title when the page opens.
    if (state === 'now' && before.current !== 'now') focusFirst(place.current)
    before.current = state
  }, [state])
  return (
    <li ref={place} className={classes.step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
      <span className={classes.number} aria-hidden="true">
        {state === 'done' ? <Check size={15} /> : number}
      </span>
      <div className={classes.content}>
        <Title order={2} size="h3">
          {title}
        </Title>
        <div aria-live="polite">
          {state === 'waiting' && <StatusMark standing="busy" word={waitsFor ?? 'On its way'} />}
          {state === 'done' && (
            <Text component="div" size="sm" c="dimmed">
              {summary}
            </Text>
          )}
        </div>
        {state === 'now' && children}
      </div>
    </li>
  )
}

function focusFirst(place: HTMLElement | null): void {
  place?.querySelector<HTMLElement>('input, textarea, button')?.focus()
}
