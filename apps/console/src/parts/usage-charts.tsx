// SPDX-License-Identifier: Apache-2.0
/** Charts of what is sampled, with the choice of how far back. The range is in the address. */
import type { SeriesAnswer, SeriesMetric } from '@kaas/http-contract'
import { Group, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useUrlState } from '../browser/use-url-state.ts'
import { type SeriesQuestion, seriesQuery } from '../data/series.ts'
import { TimeChart } from './chart/time-chart.tsx'
import { Moment } from './moment.tsx'
import { QueryStates } from './states.tsx'

/** One chart: a metric and what people call it. */
export interface ChartOf {
  readonly metric: SeriesMetric
  readonly label: string
}

const HOUR_MS = 3_600_000
const RANGES = [
  { value: '1h', label: '1 hour', ms: HOUR_MS },
  { value: '6h', label: '6 hours', ms: 6 * HOUR_MS },
  { value: '2d', label: '2 days', ms: 48 * HOUR_MS },
  { value: '7d', label: '1 week', ms: 168 * HOUR_MS },
  { value: '90d', label: '90 days', ms: 2160 * HOUR_MS },
] as const
const DEFAULTS = { range: '1h' }

interface UsageChartsProps extends Pick<SeriesQuestion, 'tenant' | 'topic' | 'group'> {
  readonly charts: readonly ChartOf[]
}

export function UsageCharts({ charts, ...of }: UsageChartsProps) {
  const [{ range }, change] = useUrlState(DEFAULTS)
  const rangeMs = RANGES.find(({ value }) => value === range)?.ms ?? HOUR_MS
  const query = useQuery(seriesQuery({ ...of, rangeMs, metrics: charts.map(({ metric }) => metric) }))
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        aria-label="How far back"
        data={RANGES.map(({ value, label }) => ({ value, label }))}
        value={range}
        onChange={(chosen) => change({ range: chosen })}
        style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }}
      />
      <QueryStates query={query}>{(answer) => <Charts charts={charts} answer={answer} />}</QueryStates>
    </Stack>
  )
}

function Charts({ charts, answer }: { readonly charts: readonly ChartOf[]; readonly answer: SeriesAnswer }) {
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, md: charts.length > 1 ? 2 : 1 }} spacing="sm">
        {charts.map(({ metric, label }) => {
          const series = answer.series.filter((each) => each.metric === metric)
          const lines = series.map(({ points, topic, group }) => ({ label: topic ?? group ?? label, points }))
          return (
            <TimeChart
              key={metric}
              label={label}
              unit={series[0]?.unit ?? '1'}
              limit={series[0]?.limit}
              lines={lines.length === 0 ? [{ label, points: [] }] : lines}
            />
          )
        })}
      </SimpleGrid>
      <Group gap={4}>
        <Text size="xs" c="dimmed">
          {answer.source === 'prometheus' ? 'From Prometheus.' : 'Sampled by the control plane.'}
          {answer.since !== undefined && ' Something was heard first '}
          {answer.since !== undefined && <Moment at={answer.since} />}
        </Text>
      </Group>
    </Stack>
  )
}
