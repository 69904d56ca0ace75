// SPDX-License-Identifier: Apache-2.0
/** What a tenant that is ready still lacks to be of use: a topic, then a user. Nothing when it has both. */
import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ResourceItem, resourceListQuery } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { formatDuration } from '../../format/times.ts'
import { readyAfterMs } from './steps-view.ts'
import classes from './tenant-page.module.css'

export function NextStep({ tenant }: { readonly tenant: ResourceItem<'Tenant'> }) {
  const { name } = tenant.metadata
  const mayHere = useMayInTenant(name)
  const hasTopics = useHas('Topic', name)
  const hasUsers = useHas('User', name)
  const next = nextOf(hasTopics, hasUsers, name)
  const took = readyAfterMs(tenant)
  if (next === undefined || !mayHere({ verb: 'write', kind: next.kind })) return null
  return (
    <section className={classes.next} aria-label="Next step">
      <Text size="sm">
        <strong>{took === undefined ? 'Ready.' : `Ready after ${formatDuration(took)}.`}</strong> {next.words}
      </Text>
      <Button component={Link} to={next.to} size="xs">
        {next.action}
      </Button>
    </section>
  )
}

/** Undefined until it is known. */
function useHas(kind: 'Topic' | 'User', tenant: string): boolean | undefined {
  const { data } = useInfiniteQuery(resourceListQuery(kind, { tenant, limit: 1 }))
  return data === undefined ? undefined : (data.pages[0]?.items.length ?? 0) > 0
}

function nextOf(hasTopics: boolean | undefined, hasUsers: boolean | undefined, tenant: string) {
  const base = `/tenants/${encodeURIComponent(tenant)}`
  if (hasTopics === false) {
    return { kind: 'Topic', words: 'Next, a topic to write to.', action: 'Make a topic', to: `${base}/new-topic` }
  }
  if (hasUsers === false) {
    return { kind: 'User', words: 'Next, a user for your application.', action: 'Make a user', to: `${base}/connect` }
  }
  return undefined
}
