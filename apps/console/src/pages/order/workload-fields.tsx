// SPDX-License-Identifier: Apache-2.0
/** The questions about data: how much comes in, who reads, how long it is kept. Limits are in a fold: the planner knows good ones. */
import { Anchor, Collapse, Fieldset, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { FormText } from '../../parts/form-text.tsx'
import type { FieldsProps } from './fields-props.ts'
import classes from './order-page.module.css'

const RETENTIONS = [
  { label: '1 day', value: '1d' },
  { label: '1 week', value: '7d' },
  { label: '4 weeks', value: '28d' },
]

export function WorkloadFields(props: FieldsProps) {
  return (
    <Fieldset legend="The workload" variant="unstyled">
      <div className={classes.fields}>
        <FormText
          of={props}
          name="produce"
          label="Produced at peak"
          description="After compression, such as 5MB/s"
          autoFocus
        />
        <ReadersField {...props} />
        <div>
          <FormText of={props} name="retention" label="Kept for" description="Such as 7d or 12h" />
          <Suggestions onPick={(retention) => props.onChange({ retention })} />
        </div>
      </div>
      <LimitFields {...props} />
    </Fieldset>
  )
}

function ReadersField(props: FieldsProps) {
  const { form, onChange } = props
  const isRate = form.readers === 'consume'
  return (
    <div>
      {isRate ? (
        <FormText of={props} name="consume" label="Consumed at peak" description="By all readers, such as 15MB/s" />
      ) : (
        <FormText
          of={props}
          name="fanOut"
          label="Read how many times"
          description="By as many readers"
          inputMode="decimal"
        />
      )}
      <Anchor
        component="button"
        type="button"
        size="xs"
        mt={6}
        onClick={() => onChange({ readers: isRate ? 'fanOut' : 'consume' })}
      >
        {isRate ? 'Say it in readers' : 'Say it as a rate'}
      </Anchor>
    </div>
  )
}

function Suggestions({ onPick }: { readonly onPick: (value: string) => void }) {
  return (
    <Group gap="sm" mt={6}>
      {RETENTIONS.map(({ label, value }) => (
        <Anchor key={value} component="button" type="button" size="xs" onClick={() => onPick(value)}>
          {label}
        </Anchor>
      ))}
    </Group>
  )
}

const LIMITS = [
  { name: 'partitions', label: 'Partitions', description: 'Of all topics together' },
  { name: 'connections', label: 'Connections', description: 'Of all clients together' },
  { name: 'users', label: 'Users', description: 'Identities of applications' },
] as const
/** Held by gateways, and so for virtual tenants only. */
const GATEWAY_LIMITS = [
  { name: 'requestsPerSecond', label: 'Requests a second', description: 'Of all clients together' },
  { name: 'connectionsPerSecond', label: 'New connections a second', description: 'Those beyond it wait' },
] as const

function LimitFields(props: FieldsProps) {
  const { form, problems } = props
  const limits = form.isolation === 'virtual' ? [...LIMITS, ...GATEWAY_LIMITS] : LIMITS
  const hasContent = limits.some(({ name }) => form[name] !== '' || problems[name] !== undefined)
  const [isOpen, setOpen] = useState(false)
  return (
    <Stack gap="xs" mt="md">
      <Group gap="xs">
        <Anchor component="button" type="button" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Limits of your own
        </Anchor>
        <Text size="sm" c="dimmed">
          The planner chooses them otherwise.
        </Text>
      </Group>
      <Collapse expanded={isOpen || hasContent}>
        <div className={classes.fields}>
          {limits.map(({ name, label, description }) => (
            <FormText
              key={name}
              of={props}
              {...{ name, label, description }}
              inputMode="numeric"
              placeholder="by the planner"
            />
          ))}
        </div>
      </Collapse>
    </Stack>
  )
}
