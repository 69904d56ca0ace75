// SPDX-License-Identifier: Apache-2.0
/** Home. For somebody new it is the way to a first message; later, what needs somebody and what was changed last. */
import { Anchor, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { resourceListQuery } from '../../data/resources.ts'
import { useMay, useSession } from '../../data/session.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { FirstSteps } from './first-steps.tsx'
import { FIRST_STEPS } from './first-steps-state.ts'
import { TenantLists } from './tenant-lists.tsx'

export function StartPage() {
  const may = useMay()
  const { person } = useSession()
  const [{ tenant, guide }] = useUrlState(FIRST_STEPS)
  const mayOrder = may({ verb: 'write', kind: 'Tenant' })
  const maySee = may({ verb: 'read', kind: 'Tenant' })
  const first = useInfiniteQuery({ ...resourceListQuery('Tenant', { limit: 1 }), enabled: maySee })
  if (!maySee) return <NothingYet name={person.displayName} />
  const isNew = first.data?.pages[0]?.items.length === 0
  if ((isNew || tenant !== '' || guide !== '') && mayOrder) return <FirstSteps />
  return (
    <Page
      title="Home"
      actions={
        mayOrder && (
          <Button component={Link} to="/order" leftSection={<Plus size={15} aria-hidden />}>
            Order a tenant
          </Button>
        )
      }
    >
      <QueryStates query={first}>{() => (isNew ? <NoTenants /> : <TenantLists />)}</QueryStates>
      {mayOrder && !isNew && (
        <Anchor component={Link} to="/" search={{ guide: 'on' } as never} size="sm">
          Show me the way to a first message again
        </Anchor>
      )}
    </Page>
  )
}

function NoTenants() {
  return (
    <Empty title="No tenants yet">Your teams have none. Somebody with the right to order must order the first one.</Empty>
  )
}

function NothingYet({ name }: { readonly name: string }) {
  return (
    <Page title="Home">
      <Empty title={`Welcome, ${name}`}>
        You have no role yet. Ask an administrator to put you into a team; then your tenants are here.
      </Empty>
    </Page>
  )
}
