// SPDX-License-Identifier: Apache-2.0
/** What the order gets at the chosen level: the limits that are promised, what it costs, and what would run out first. */
import type { Plan } from '@kaas/domain'
import { Anchor, Paper, Stack, Text, Title, Tooltip } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { formatShare } from '../../format/numbers.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Loading } from '../../parts/states.tsx'
import classes from './order-page.module.css'
import { type Bar, barsOf, bindingWords, type LevelView, levelsOf, limitsOf } from './plan-view.ts'

interface PlanPanelProps {
  readonly query: UseQueryResult<Plan | null>
  readonly level: string
  /** More was typed since: the answer is of a moment ago. */
  readonly isStale: boolean
}

const FIRST_BARS = 4

export function PlanPanel({ query, level, isStale }: PlanPanelProps) {
  const view = query.data == null ? undefined : levelsOf(query.data).find((each) => each.level === level)
  return (
    <Paper
      withBorder
      component="section"
      aria-label="What this order gets"
      className={classes.panel}
      data-stale={isStale || query.isPlaceholderData || undefined}
    >
      <Title order={2}>What you get</Title>
      {view === undefined ? <Waiting query={query} /> : <Gets view={view} />}
      {view !== undefined && <FailedLine error={query.error} />}
    </Paper>
  )
}

function Waiting({ query }: { readonly query: UseQueryResult<Plan | null> }) {
  if (query.error !== null) return <FailedLine error={query.error} />
  if (query.isFetching) return <Loading rows={5} />
  return (
    <Text size="sm" c="dimmed" mt="xs">
      Complete the workload to see limits, cost and what would run out first.
    </Text>
  )
}

function Gets({ view }: { readonly view: LevelView }) {
  const bars = barsOf(view)
  const [first] = bars
  return (
    <Stack gap="md" mt="sm">
      {view.limits !== undefined && (
        <dl className={classes.limits} aria-label="Limits">
          {limitsOf(view.limits).map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {view.cost !== '' && (
        <Text size="sm">
          <strong>{view.cost}</strong>
          {view.level === 'virtual' && view.facts[0] !== undefined && `. ${view.facts[0]}`}
        </Text>
      )}
      {first?.isBinding === true && (
        <Text size="sm" aria-live="polite">
          {first.share > 1 ? 'Does not fit: ' : 'Binds first: '}
          <strong>{bindingWords(first)}</strong>
        </Text>
      )}
      <Bars bars={bars} />
    </Stack>
  )
}

function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? bars : bars.slice(0, FIRST_BARS)
  if (bars.length === 0) return null
  return (
    <div>
      <ul className={classes.bars}>
        {shown.map(({ name, share, isBinding, words, source }) => (
          <li key={name} className={classes.bar} data-binding={isBinding || undefined} data-over={share > 1 || undefined}>
            <Tooltip label={`${words}. By ${source}`}>
              <span>{name}</span>
            </Tooltip>
            <span className={classes.barValue}>{formatShare(share)}</span>
            <div className={classes.track} aria-hidden="true">
              <div className={classes.fill} style={{ width: `${Math.min(100, share * 100)}%` }} />
            </div>
          </li>
        ))}
      </ul>
      {bars.length > FIRST_BARS && (
        <Anchor component="button" type="button" size="xs" mt="xs" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Fewer' : `All ${bars.length} that can run out`}
        </Anchor>
      )}
    </div>
  )
}
