// SPDX-License-Identifier: Apache-2.0
/** The first step: a small tenant on a shared Kafka. */
import { API_VERSION, parseLabel } from '@kaas/domain'
import { Anchor, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useOrderTeam } from '../../data/order-team.ts'
import { putResource, resourceQuery } from '../../data/resources.ts'
import type { StepState } from './first-steps-state.ts'
import { NameForm } from './name-form.tsx'
import { Step } from './step.tsx'

interface TenantStepProps {
  readonly state: StepState
  readonly name: string
  readonly onOrdered: (name: string) => void
}

/** Little enough for any cluster, and gone after a day. */
const WORKLOAD = { produce: '1MB/s', fanOut: 2, retention: '1d' }

export function TenantStep({ state, name, onOrdered }: TenantStepProps) {
  const team = useOrderTeam()
  const { data } = useQuery({ ...resourceQuery({ kind: 'Tenant', name }), enabled: name !== '' })
  const order = useMutation({
    mutationFn: (wanted: string) => {
      const spec = { team, environment: 'development', isolation: 'virtual', workload: WORKLOAD }
      const document = { apiVersion: API_VERSION, kind: 'Tenant', metadata: { name: wanted }, spec }
      return putResource({ kind: 'Tenant', name: wanted }, document, { expectedGeneration: 0 })
    },
    onSuccess: (_, wanted) => onOrdered(wanted),
  })
  const open = data?.status?.conditions.find(({ status }) => status !== 'True')
  return (
    <Step
      number={1}
      title="Order a tenant: a Kafka of your own"
      state={state}
      waitsFor={open?.step ?? open?.message ?? 'The order is stored'}
      summary={<>{name} is ready: 1 MB/s in, read twice, kept a day, on a shared Kafka.</>}
    >
      <Text size="sm" c="dimmed" mb="xs">
        1 MB/s in, read twice, kept a day, on a shared Kafka. Something larger?{' '}
        <Anchor component={Link} to="/order" size="sm" underline="always">
          Order by the workload.
        </Anchor>
      </Text>
      <NameForm
        label="Name of the tenant"
        suggested="my-first"
        check={(wanted) => parseLabel(wanted, 'a tenant')}
        action="Order it"
        isBusy={order.isPending}
        error={order.error}
        onSend={(wanted) => order.mutate(wanted)}
      />
    </Step>
  )
}
