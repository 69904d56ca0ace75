// SPDX-License-Identifier: Apache-2.0
/** Where a tenant is and whose, what it was promised, and its conditions. */
import { planLimitsSchema } from '@kaas/domain'
import { Anchor, Badge, Paper, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ResourceItem } from '../../data/resources.ts'
import { formatDuration } from '../../format/times.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Moment } from '../../parts/moment.tsx'
import { Quantity } from '../../parts/quantity.tsx'
import { StatusMark } from '../../parts/status-mark.tsx'
import { KubernetesCard } from './kubernetes-card.tsx'
import { stepsOf } from './steps-view.ts'
import classes from './tenant-page.module.css'

type Tenant = ResourceItem<'Tenant'>

export function TenantCards({ tenant }: { readonly tenant: Tenant }) {
  return (
    <div className={classes.cards}>
      <Card title="Where and whose">
        <PlaceFacts tenant={tenant} />
      </Card>
      <Card title="Promised">
        <LimitFacts tenant={tenant} />
      </Card>
      <Card title="Conditions">
        <Conditions tenant={tenant} />
      </Card>
      {tenant.spec.isolation !== 'virtual' && <KubernetesCard tenant={tenant.metadata.name} />}
    </div>
  )
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper withBorder component="section" aria-label={title} p="md">
      <Title order={2} mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  )
}

function PlaceFacts({ tenant: { metadata, spec, status } }: { readonly tenant: Tenant }) {
  const observed = status?.observed ?? {}
  const bootstrap = textOf(observed.bootstrapServers) ?? textOf(observed.bootstrap)
  const cluster = textOf(observed.cluster)
  const labels = Object.entries(metadata.labels)
  return (
    <dl className={classes.facts}>
      <Fact label="Address">
        {bootstrap === undefined ? (
          'not yet'
        ) : (
          <>
            <code>{bootstrap}</code> <CopyButton value={bootstrap} label="Copy the address" />
          </>
        )}
      </Fact>
      <Fact label="Team">
        <Anchor component={Link} to="/tenants" search={{ filter: `spec.team=${spec.team}` } as never} size="sm">
          {spec.team}
        </Anchor>
      </Fact>
      <Fact label="Environment">{spec.environment}</Fact>
      <Fact label="Isolation">{spec.isolation}</Fact>
      {cluster !== undefined && <Fact label="Cluster">{cluster}</Fact>}
      <Fact label="Ordered">
        <Moment at={metadata.createdAt} />
      </Fact>
      {labels.length > 0 && (
        <Fact label="Labels">
          {labels.map(([name, value]) => (
            <Badge key={name} variant="default" tt="none" fw={500} size="sm">
              {value === '' ? name : `${name}=${value}`}
            </Badge>
          ))}
        </Fact>
      )}
    </dl>
  )
}

function LimitFacts({ tenant: { spec, status } }: { readonly tenant: Tenant }) {
  const limits = planLimitsSchema.safeParse(status?.observed.limits)
  if (!limits.success) {
    return (
      <Text size="sm" c="dimmed">
        Ordered: {spec.workload.produce} in, kept {spec.workload.retention}. Limits follow once a place is found.
      </Text>
    )
  }
  const { data } = limits
  return (
    <dl className={classes.facts}>
      <Fact label="Produce">
        <Quantity value={data.produceBytesPerSecond} unit="bytesPerSecond" />
      </Fact>
      <Fact label="Consume">
        <Quantity value={data.consumeBytesPerSecond} unit="bytesPerSecond" />
      </Fact>
      <Fact label="Stored">
        <Quantity value={data.storageBytes} unit="bytes" />
      </Fact>
      <Fact label="Kept">{data.retentionMs === undefined ? spec.workload.retention : formatDuration(data.retentionMs)}</Fact>
      <Fact label="Partitions">
        <Quantity value={data.partitions} unit="count" />
      </Fact>
      <Fact label="Connections">
        <Quantity value={data.connections} unit="count" />
      </Fact>
      <RateFact label="Requests" value={data.requestsPerSecond} />
      <RateFact label="New connections" value={data.connectionsPerSecond} />
      <Fact label="Users">
        <Quantity value={data.users} unit="count" />
      </Fact>
    </dl>
  )
}

/** Nothing where no gateway holds it. */
function RateFact({ label, value }: { readonly label: string; readonly value: number | undefined }) {
  if (value === undefined) return null
  return (
    <Fact label={label}>
      <Quantity value={value} unit="perSecond" />
    </Fact>
  )
}

function Conditions({ tenant }: { readonly tenant: Tenant }) {
  const conditions = tenant.status?.conditions ?? []
  if (conditions.length === 0) return <Text size="sm">{stepsOf(tenant).length === 0 ? 'Nothing is known yet.' : ''}</Text>
  return (
    <ul className={classes.conditions}>
      {conditions.map(({ type, status, message, since }) => (
        <li key={type}>
          <StatusMark standing={status === 'True' ? 'good' : status === 'Unknown' ? 'unknown' : 'busy'} word={type} />
          <div>
            <Text size="sm">{message}</Text>
            <Text size="xs" c="dimmed">
              <Moment at={since} />
            </Text>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
