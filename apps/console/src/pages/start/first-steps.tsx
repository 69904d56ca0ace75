// SPDX-License-Identifier: Apache-2.0
/** Four steps from nothing to a message that was written and read: a tenant, a topic, a user, the message. Each is one button. */
import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { isReady } from '../../data/ready.ts'
import { resourceQuery } from '../../data/resources.ts'
import { Page } from '../../parts/page.tsx'
import { FIRST_STEPS, stepStates } from './first-steps-state.ts'
import { MessageStep } from './message-step.tsx'
import classes from './start-page.module.css'
import { TenantStep } from './tenant-step.tsx'
import { TopicStep } from './topic-step.tsx'
import { UserStep } from './user-step.tsx'

export function FirstSteps() {
  const [{ tenant, topic, user }, change] = useUrlState(FIRST_STEPS)
  const [hasMessage, setHasMessage] = useState(false)
  const inTenant = { ...(tenant !== '' && { tenant }) }
  const states = stepStates(
    {
      tenant: useOrdered({ kind: 'Tenant', name: tenant }),
      topic: useOrdered({ kind: 'Topic', name: topic, ...inTenant }),
      user: useOrdered({ kind: 'User', name: user, ...inTenant }),
    },
    hasMessage,
  )
  return (
    <Page title="Your first message in Kafka" lead="Four steps, each one button. What they make is yours to keep.">
      <ol className={classes.steps}>
        <TenantStep state={states.tenant} name={tenant} onOrdered={(made) => change({ tenant: made })} />
        <TopicStep state={states.topic} tenant={tenant} name={topic} onOrdered={(made) => change({ topic: made })} />
        <UserStep state={states.user} tenant={tenant} name={user} onOrdered={(made) => change({ user: made })} />
        <MessageStep state={states.message} tenant={tenant} topic={topic} onSeen={() => setHasMessage(true)} />
      </ol>
      {states.message === 'done' && <WhatNext tenant={tenant} topic={topic} user={user} />}
    </Page>
  )
}

interface Named {
  readonly kind: 'Tenant' | 'Topic' | 'User'
  readonly name: string
  readonly tenant?: string
}

function useOrdered(reference: Named) {
  const { data } = useQuery({ ...resourceQuery(reference), enabled: reference.name !== '' })
  return { isOrdered: reference.name !== '', isReady: data !== undefined && isReady(data) }
}

function WhatNext({ tenant, topic, user }: Readonly<Record<'tenant' | 'topic' | 'user', string>>) {
  const base = `/tenants/${encodeURIComponent(tenant)}`
  return (
    <Group gap="sm">
      <Button component={Link} to={`${base}/connect`} search={{ user, topic } as never}>
        Connect an application
      </Button>
      <Button component={Link} to={`${base}/topics/${encodeURIComponent(topic)}`} variant="default">
        Look at the topic
      </Button>
      <Button component={Link} to="/" variant="subtle" color="gray">
        Home
      </Button>
    </Group>
  )
}
