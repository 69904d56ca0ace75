// SPDX-License-Identifier: Apache-2.0
/** In which zone times are shown, and whether as "3 minutes ago" or as moments. */
import { ActionIcon, Popover, SegmentedControl, Select, Stack, Text, Tooltip } from '@mantine/core'
import { Clock } from 'lucide-react'
import { changePreferences, usePreferences } from '../browser/preferences.ts'
import { formatMoment, zoneName } from '../format/times.ts'
import { useNow } from '../parts/moment.tsx'

export function TimeZoneMenu() {
  const { zone } = usePreferences()
  return (
    <Popover position="bottom-end" withinPortal width={280} trapFocus returnFocus defaultOpened>
      <Popover.Target>
        <Tooltip label={`Times in ${zoneName(zone)}`}>
          <ActionIcon variant="subtle" color="gray" aria-label="Time zone">
            <Clock size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <TimeChoices />
      </Popover.Dropdown>
    </Popover>
  )
}

function TimeChoices() {
  const { zone, times } = usePreferences()
  const now = useNow(1000)
  const others = Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')
  return (
    <Stack gap="sm">
      <Select
        label="Time zone"
        searchable
        openOnFocus={false}
        comboboxProps={{ withinPortal: false }}
        maxDropdownHeight={220}
        value={zone}
        allowDeselect={false}
        data={[{ value: 'local', label: `This browser (${zoneName('local')})` }, 'UTC', ...others]}
        onChange={(value) => changePreferences({ zone: value ?? 'local' })}
      />
      <Stack gap={4}>
        <Text size="sm" fw={500} id="times-label">
          Show times as
        </Text>
        <SegmentedControl
          size="xs"
          aria-labelledby="times-label"
          value={times}
          data={[
            { value: 'ago', label: '3 minutes ago' },
            { value: 'moment', label: 'Moments' },
          ]}
          onChange={(value) => changePreferences({ times: value === 'moment' ? 'moment' : 'ago' })}
        />
      </Stack>
      <Text size="xs" c="dimmed">
        Now {formatMoment(now, zone)}
      </Text>
    </Stack>
  )
}
