// SPDX-License-Identifier: Apache-2.0
/** The way of an order, step by step with times. Moves by itself: the event stream renews the tenant. */
import { Paper, Text, Title } from '@mantine/core'
import { formatDuration } from '../../format/times.ts'
import { Moment } from '../../parts/moment.tsx'
import { type Standing, StatusMark } from '../../parts/status-mark.tsx'
import type { StepView } from './steps-view.ts'
import classes from './tenant-page.module.css'

const MARKS: Readonly<Record<StepView['state'], { readonly standing: Standing; readonly word: string }>> = {
  done: { standing: 'good', word: 'Done' },
  running: { standing: 'busy', word: 'Running' },
  failed: { standing: 'bad', word: 'Failed' },
  unknown: { standing: 'unknown', word: 'Not heard of' },
  waiting: { standing: 'ending', word: 'Waits' },
}

/** `title` says what for: "Your order", "A change". */
export function Progress({ title, steps }: { readonly title: string; readonly steps: readonly StepView[] }) {
  return (
    <Paper withBorder component="section" aria-label={title} p="md">
      <Title order={2} mb="xs">
        {title}
      </Title>
      {steps.length === 0 && <StatusMark standing="busy" word="The order is stored and waits for its turn" />}
      <ol className={classes.steps} aria-live="polite">
        {steps.map(({ name, title: step, state, message, since, tookMs }) => (
          <li key={name} className={classes.step} data-state={state}>
            <StatusMark {...MARKS[state]} />
            <div>
              <Text size="sm" fw={600}>
                {step}
              </Text>
              {message !== '' && (
                <Text size="sm" c="dimmed">
                  {message}
                </Text>
              )}
            </div>
            <Text size="sm" c="dimmed" className={classes.stepTime}>
              {tookMs !== undefined && formatDuration(tookMs)}
              {state === 'running' && since !== undefined && <Moment at={since} show="ago" />}
            </Text>
          </li>
        ))}
      </ol>
    </Paper>
  )
}
