// SPDX-License-Identifier: Apache-2.0
/** Tenants that are not ready, and those that were changed last. */
import { Anchor, Paper, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { resourceListQuery } from '../../data/resources.ts'
import { Moment } from '../../parts/moment.tsx'
import { QueryStates } from '../../parts/states.tsx'
import { ResourceStatus, standingOf } from '../../parts/status-mark.tsx'
import classes from './start-page.module.css'

const SHOWN = 8

export function TenantLists() {
  return (
    <div className={classes.lists}>
      <TenantList title="Not ready" filter="ready=false" sort="-updatedAt" empty="All tenants are ready." showWhy />
      <TenantList title="Changed last" filter="" sort="-updatedAt" empty="" />
    </div>
  )
}

interface TenantListProps {
  readonly title: string
  readonly filter: string
  readonly sort: string
  readonly empty: string
  readonly showWhy?: boolean
}

function TenantList({ title, filter, sort, empty, showWhy }: TenantListProps) {
  const query = useInfiniteQuery(resourceListQuery('Tenant', { filter, sort, limit: SHOWN }))
  const all = { sort, ...(filter !== '' && { filter }) }
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      <QueryStates query={query}>
        {({ pages: [page] }) => (
          <>
            {page?.items.length === 0 && (
              <Text size="sm" c="dimmed">
                {empty}
              </Text>
            )}
            <ul className={classes.list}>
              {page?.items.map((tenant) => (
                <li key={tenant.metadata.name}>
                  <Anchor component={Link} to={`/tenants/${tenant.metadata.name}`} size="sm" fw={500}>
                    {tenant.metadata.name}
                  </Anchor>
                  <ResourceStatus resource={tenant} />
                  <Text size="sm" c="dimmed" className={classes.why}>
                    {showWhy === true ? standingOf(tenant).detail : <Moment at={tenant.metadata.updatedAt} />}
                  </Text>
                </li>
              ))}
            </ul>
            {page?.next !== undefined && (
              <Anchor component={Link} to="/tenants" search={all as never} size="sm">
                All of them
              </Anchor>
            )}
          </>
        )}
      </QueryStates>
    </Paper>
  )
}
