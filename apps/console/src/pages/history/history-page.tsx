// SPDX-License-Identifier: Apache-2.0
/** What happened to a tenant and to what is in it, newest first, each change with what it was before and after. */
import { Button, SegmentedControl, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useParam, useUrlState } from '../../browser/use-url-state.ts'
import { historyQuery } from '../../data/history.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { aboveInTenant, TenantSections } from '../../parts/tenant-sections.tsx'
import { HistoryEntry } from './history-entry.tsx'
import classes from './history-page.module.css'

const DEFAULTS = { of: 'all' }

export function HistoryPage() {
  const tenant = useParam('tenant')
  const [{ of }, change] = useUrlState(DEFAULTS)
  const query = useInfiniteQuery(historyQuery(`/v1/tenants/${encodeURIComponent(tenant)}`, of === 'all'))
  return (
    <Page title="History" above={aboveInTenant(tenant)}>
      <TenantSections tenant={tenant} />
      <SegmentedControl
        size="xs"
        aria-label="Whose history"
        style={{ alignSelf: 'flex-start' }}
        value={of}
        data={[
          { value: 'all', label: 'With topics and users' },
          { value: 'tenant', label: 'Only the tenant' },
        ]}
        onChange={(value) => change({ of: value }, 'step')}
      />
      <QueryStates query={query}>
        {({ pages }) => {
          const events = pages.flatMap(({ items }) => items)
          if (events.length === 0) return <Empty title="Nothing is recorded that you may see" />
          return (
            <Stack gap="sm">
              <ol className={classes.entries}>
                {events.map((event) => (
                  <HistoryEntry key={event.id} event={event} tenant={tenant} />
                ))}
              </ol>
              <More query={query} />
            </Stack>
          )
        }}
      </QueryStates>
    </Page>
  )
}

interface MoreProps {
  readonly query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
  }
}

function More({ query: { hasNextPage, isFetchingNextPage, fetchNextPage } }: MoreProps) {
  if (!hasNextPage) {
    return (
      <Text size="sm" c="dimmed">
        That is where it begins.
      </Text>
    )
  }
  return (
    <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
      Older
    </Button>
  )
}
