// SPDX-License-Identifier: Apache-2.0
/** What the same order is at each level of isolation, side by side: each can be chosen. */
import type { Plan } from '@kaas/domain'
import { Radio, Text } from '@mantine/core'
import { StatusMark } from '../../parts/status-mark.tsx'
import type { OrderValues } from './order-form.ts'
import classes from './order-page.module.css'
import { type LevelView, levelsOf } from './plan-view.ts'

interface LevelChoiceProps {
  /** Absent until the first answer. */
  readonly plan: Plan | undefined
  readonly values: OrderValues
  readonly problem: string | undefined
  readonly onChange: (change: Partial<OrderValues>) => void
}

export function LevelChoice({ plan, values, problem, onChange }: LevelChoiceProps) {
  const levels = plan === undefined ? PLACEHOLDERS : levelsOf(plan)
  return (
    <Radio.Group
      label="How far apart from others"
      description="The same order at each level. It cannot change afterwards."
      value={values.isolation}
      error={problem}
      onChange={(isolation) => onChange({ isolation })}
    >
      <div className={classes.levels} style={{ marginTop: 8 }}>
        {levels.map((level) => (
          <Radio.Card
            key={level.level}
            value={level.level}
            className={classes.level}
            aria-label={`${level.title}: ${level.lead}`}
          >
            <span className={classes.levelTop}>
              <Radio.Indicator size="xs" />
              {level.title}
            </span>
            <Text size="xs" c="dimmed" component="span">
              {level.lead}
            </Text>
            <Verdict level={level} />
            <ul className={classes.facts}>
              {level.facts.map((fact) => (
                <li key={fact}>{fact}</li>
              ))}
            </ul>
            <span className={classes.cost}>{level.cost}</span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  )
}

function Verdict({ level: { verdict, binding, largest, facts } }: { readonly level: LevelView }) {
  if (facts.length === 0) return null
  switch (verdict) {
    case 'fits':
      return <StatusMark standing="good" word="Fits" />
    case 'refused':
      return (
        <>
          <StatusMark standing="bad" word="Too large" />
          {binding !== undefined && (
            <Text size="xs" component="span">
              Binds: {binding}
            </Text>
          )}
          {largest !== undefined && (
            <Text size="xs" component="span">
              The largest that fits: {largest}
            </Text>
          )}
        </>
      )
    case 'unknown':
      return <StatusMark standing="unknown" word="Not known" />
    default:
      return verdict satisfies never
  }
}

const NOTHING = { verdict: 'unknown', facts: [], cost: '', constraints: [] } as const
const PLACEHOLDERS: readonly LevelView[] = [
  { ...NOTHING, level: 'virtual', title: 'Virtual', lead: 'Topics, users and limits of your own on a shared Kafka.' },
  { ...NOTHING, level: 'namespace', title: 'Namespace', lead: 'A Kafka of your own in the platform’s Kubernetes.' },
  { ...NOTHING, level: 'cluster', title: 'Cluster', lead: 'A Kafka of your own on a Kubernetes cluster of your own.' },
]
