// SPDX-License-Identifier: Apache-2.0
/** What was promised to tenants against what the cluster has, one bar for each. The words say the same as the bar. */
import type { ClusterView } from '@kaas/http-contract'
import { Group, Progress, Stack, Text } from '@mantine/core'
import { formatShare } from '../../format/numbers.ts'
import { Quantity, type Unit } from '../../parts/quantity.tsx'

type Capacity = ClusterView['capacity'][number]

const WORDS: Readonly<Record<string, string>> = {
  produce: 'Produce',
  consume: 'Consume',
  storage: 'Storage',
  partitions: 'Partitions',
  connections: 'Connections',
}
const UNITS: Readonly<Record<string, Unit>> = { 'B/s': 'bytesPerSecond', B: 'bytes', '1': 'count' }
/** From here on an operator should think of more room. */
const NEARLY_FULL = 0.8

export function CapacityBars({ capacity }: { readonly capacity: readonly Capacity[] }) {
  if (capacity.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Not known before the cluster was reached once.
      </Text>
    )
  }
  return (
    <Stack gap="sm">
      {capacity.map((each) => (
        <Bar key={each.what} {...each} />
      ))}
    </Stack>
  )
}

function Bar({ what, unit, used, capacity }: Capacity) {
  const [label, shown] = [WORDS[what] ?? what, UNITS[unit] ?? 'count']
  const share = capacity === undefined || capacity <= 0 ? undefined : used / capacity
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Text size="sm">
          <Quantity value={used} unit={shown} /> promised
          {capacity === undefined ? ', capacity not stated' : ' of '}
          {capacity !== undefined && <Quantity value={capacity} unit={shown} />}
          {share !== undefined && ` (${formatShare(share)})`}
        </Text>
      </Group>
      {share !== undefined && (
        <Progress
          value={Math.min(100, share * 100)}
          {...(share >= NEARLY_FULL && { color: 'red' })}
          aria-label={`${label}: ${formatShare(share)} promised`}
          size="sm"
        />
      )}
    </div>
  )
}
