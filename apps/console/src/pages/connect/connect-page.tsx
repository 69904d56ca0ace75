// SPDX-License-Identifier: Apache-2.0
/**
 * How an application connects: as which user, with which password, by which lines of configuration; and whether it works. A password
 * that is made here lives in this page only and is gone with it.
 */

import type { IssuedCredentials } from '@kaas/http-contract'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParam, useUrlState } from '../../browser/use-url-state.ts'
import { type ResourceItem, resourceListQuery, resourceQuery } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { Page } from '../../parts/page.tsx'
import { NotAllowed, QueryStates } from '../../parts/states.tsx'
import { aboveInTenant, TenantSections } from '../../parts/tenant-sections.tsx'
import classes from './connect-page.module.css'
import { ConnectionTestPanel } from './connection-test.tsx'
import { FirstUser } from './first-user.tsx'
import { Passwords } from './passwords.tsx'
import { Snippets, type SnippetsProps } from './snippets.tsx'
import { UserChoice } from './user-choice.tsx'

const DEFAULTS = { user: '', format: 'kcat', topic: '', group: 'my-group' }

export function ConnectPage() {
  const tenant = useParam('tenant')
  const place = useQuery(resourceQuery({ kind: 'Tenant', name: tenant }))
  const users = useInfiniteQuery(resourceListQuery('User', { tenant, sort: 'name' }))
  return (
    <Page title="Connect" above={aboveInTenant(tenant)} lead="Everything that an application needs to write and read.">
      <TenantSections tenant={tenant} />
      <QueryStates query={place}>
        {(found) => (
          <QueryStates query={users}>
            {({ pages }) => <Connecting tenant={found} users={pages.flatMap(({ items }) => items)} />}
          </QueryStates>
        )}
      </QueryStates>
    </Page>
  )
}

interface ConnectingProps {
  readonly tenant: ResourceItem<'Tenant'>
  readonly users: readonly ResourceItem<'User'>[]
}

/** Chooses or makes the user; what was issued belongs to one of them. */
function Connecting({ tenant, users }: ConnectingProps) {
  const { name } = tenant.metadata
  const mayMake = useMayInTenant(name)({ verb: 'write', kind: 'User' })
  const [state, change] = useUrlState(DEFAULTS)
  const [issued, setIssued] = useState<IssuedCredentials>()
  const [isMaking, setMaking] = useState(false)
  const user = users.find((each) => each.metadata.name === state.user) ?? users[0]
  const made = (userName: string, credentials: IssuedCredentials | undefined) => {
    setIssued(credentials)
    setMaking(false)
    change({ user: userName })
  }
  if (user === undefined || isMaking) {
    const cancel = user === undefined ? undefined : () => setMaking(false)
    return <FirstUser tenant={name} mayMake={mayMake} onMade={made} onCancel={cancel} />
  }
  const choose = (chosen: string) => change({ user: chosen }, 'step')
  const mine = issued?.username === `${name}.${user.metadata.name}` ? issued : undefined
  return (
    <>
      <UserChoice users={users} chosen={user} onChoose={choose} onNew={mayMake ? () => setMaking(true) : undefined} />
      <AsUser key={user.metadata.name} {...{ tenant, user, state, change }} issued={mine} onIssued={setIssued} />
    </>
  )
}

interface AsUserProps extends SnippetsProps {
  readonly onIssued: (issued: IssuedCredentials) => void
}

function AsUser({ onIssued, ...props }: AsUserProps) {
  const { tenant, user, state, issued } = props
  const mayHere = useMayInTenant(tenant.metadata.name)
  if (!mayHere({ verb: 'read', kind: 'Credential' })) {
    return <NotAllowed what="“read” on Credential, which tells how to connect" />
  }
  const mayChange = mayHere({ verb: 'write', kind: 'Credential' })
  return (
    <div className={classes.columns}>
      <Snippets {...props} />
      <div className={classes.side}>
        <Passwords {...{ tenant, user, issued, onIssued, mayChange }} />
        {mayChange && <ConnectionTestPanel tenant={tenant.metadata.name} user={user.metadata.name} topic={state.topic} />}
      </div>
    </div>
  )
}
