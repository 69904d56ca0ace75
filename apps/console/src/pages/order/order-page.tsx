// SPDX-License-Identifier: Apache-2.0
/**
 * An order begins with the workload. While it is typed the planner says what it gets at each level of isolation, and the server
 * whether it would take it, so that the button at the end never refuses.
 */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { useOrderTeam } from '../../data/order-team.ts'
import { planQuery, trialQuery } from '../../data/plan.ts'
import { usePutResource } from '../../data/resources.ts'
import { useMay } from '../../data/session.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Page } from '../../parts/page.tsx'
import { PolicyLinks } from '../../parts/policy-links.tsx'
import { PolicyWarnings } from '../../parts/policy-warnings.tsx'
import { LevelChoice } from './level-choice.tsx'
import { documentOf, EMPTY_ORDER, type FormProblems, type OrderValues, planRequestOf, problemsOf } from './order-form.ts'
import classes from './order-page.module.css'
import { PlaceFields } from './place-fields.tsx'
import { PlanPanel } from './plan-panel.tsx'
import { WorkloadFields } from './workload-fields.tsx'

const PLAN_AFTER_MS = 200
const TRIAL_AFTER_MS = 450

export function OrderPage() {
  const [values, change] = useOrder()
  const [asked] = useDebouncedValue(values, PLAN_AFTER_MS)
  const plan = useQuery(planQuery(useMemo(() => planRequestOf(asked), [asked])))
  const { document, problems, isTrying, warnings } = useTrial(values)
  const fields = { form: values, problems: problems.fields, onChange: change }
  const order = usePutResource({ kind: 'Tenant', name: values.name.trim() })
  const navigate = useNavigate()
  const submit = () => {
    if (document === undefined) return
    const toTenant = () => void navigate({ to: `/tenants/${encodeURIComponent(document.metadata.name)}` })
    order.mutate({ document, expectedGeneration: 0 }, { onSuccess: toTenant })
  }
  return (
    <Page title="Order a tenant" above={ABOVE} lead="Say how much data there is, who reads it and how long it is kept.">
      <form
        className={classes.columns}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="lg" className={classes.form}>
          <WorkloadFields {...fields} />
          <LevelChoice plan={plan.data ?? undefined} values={values} problem={problems.fields.isolation} onChange={change} />
          <PlaceFields {...fields} />
          <OtherProblems problems={problems} />
          <PolicyLinks sentences={[...Object.values(problems.fields), ...problems.other]} />
          <PolicyWarnings warnings={warnings} />
          <FailedLine error={order.error} />
          <Send {...{ values, problems, isTrying }} isSending={order.isPending} isComplete={document !== undefined} />
        </Stack>
        <PlanPanel query={plan} level={values.isolation} isStale={asked !== values} />
      </form>
    </Page>
  )
}

const ABOVE = [{ label: 'Tenants', to: '/tenants' }]

/** The texts live here while they are typed; the address follows, so that the order can be sent to a colleague. */
function useOrder(): readonly [OrderValues, (change: Partial<OrderValues>) => void] {
  const team = useOrderTeam()
  const empty = useMemo(() => ({ ...EMPTY_ORDER, team }), [team])
  const [fromAddress, changeAddress] = useUrlState(empty)
  const [values, setValues] = useState<OrderValues>(fromAddress)
  const [settled] = useDebouncedValue(values, TRIAL_AFTER_MS)
  useEffect(() => changeAddress(settled), [settled, changeAddress])
  return [values, (changed) => setValues((before) => ({ ...before, ...changed }))]
}

/** What is wrong: by our own schema at once, by the server a moment later. Who may not order for the team is not tried: it would be denied. */
function useTrial(values: OrderValues) {
  const may = useMay()
  const mayOrder = may({ verb: 'write', kind: 'Tenant' }, { team: values.team })
  const { document, problems } = useMemo(() => documentOf(values), [values])
  const [tried] = useDebouncedValue(document, TRIAL_AFTER_MS)
  const trial = useQuery(trialQuery(values.name.trim(), mayOrder ? tried : undefined))
  const isSettled = mayOrder && tried === document
  const refused = isSettled && trial.error !== null ? problemsOf(trial.error) : undefined
  return {
    document,
    problems: mayOrder ? (refused ?? problems) : withTeamRefused(problems, values.team),
    isTrying: mayOrder && document !== undefined && (!isSettled || trial.isFetching),
    warnings: isSettled ? (trial.data?.warnings ?? []) : [],
  }
}

function withTeamRefused(problems: FormProblems, team: string): FormProblems {
  const refusal = `You may not order for the team ${team}. Its administrator can give you the role.`
  return { ...problems, fields: { ...problems.fields, team: refusal } }
}

interface SendProps {
  readonly values: OrderValues
  readonly problems: FormProblems
  readonly isTrying: boolean
  readonly isSending: boolean
  readonly isComplete: boolean
}

function Send({ values, problems, isTrying, isSending, isComplete }: SendProps) {
  const hasProblems = Object.keys(problems.fields).length + problems.other.length > 0
  return (
    <Group gap="sm">
      <Button type="submit" size="md" disabled={!isComplete || hasProblems || isTrying} loading={isSending}>
        Order
      </Button>
      <Text size="sm" c="dimmed" aria-live="polite">
        {hintFor(values, hasProblems, isTrying)}
      </Text>
    </Group>
  )
}

function OtherProblems({ problems }: { readonly problems: FormProblems }) {
  return problems.other.map((problem) => (
    <Text key={problem} size="sm" c="var(--mantine-color-error)" role="alert">
      {problem}
    </Text>
  ))
}

function hintFor(values: OrderValues, hasProblems: boolean, isTrying: boolean): string {
  if (hasProblems) return 'Something above needs a correction.'
  if (values.name.trim() === '') return 'Give it a name to order it.'
  return isTrying ? 'Trying it at the server …' : 'Tried at the server: it takes this order.'
}
