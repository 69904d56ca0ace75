// SPDX-License-Identifier: Apache-2.0
/** Whose it is and what it is called. Teams are those that the person may see. */
import { ENVIRONMENTS } from '@kaas/domain'
import { Fieldset, Select } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { resourceListQuery } from '../../data/resources.ts'
import { useMay, useSession } from '../../data/session.ts'
import { FormText } from '../../parts/form-text.tsx'
import type { FieldsProps } from './fields-props.ts'
import classes from './order-page.module.css'

export function PlaceFields(props: FieldsProps) {
  const { form, problems, onChange } = props
  const teams = useTeams(form.team)
  return (
    <Fieldset legend="Whose it is" variant="unstyled">
      <div className={classes.fields}>
        <FormText of={props} name="name" label="Name" description="Of the tenant; it cannot change" placeholder="orders" />
        <Select
          label="Team"
          description="Its members work with it"
          searchable
          allowDeselect={false}
          data={teams}
          value={form.team}
          error={problems.team}
          onChange={(team) => onChange({ team: team ?? 'default' })}
        />
        <Select
          label="Environment"
          description="Production has more in reserve"
          allowDeselect={false}
          data={ENVIRONMENTS}
          value={form.environment}
          error={problems.environment}
          onChange={(environment) => onChange({ environment: environment ?? 'development' })}
        />
        <FormText of={props} name="labels" label="Labels" description="To find it by, such as app=shop" />
      </div>
    </Fieldset>
  )
}

/** Teams to order for: those that may be listed and those of the session, where she has the right. */
function useTeams(present: string): readonly string[] {
  const may = useMay()
  const { teams } = useSession()
  const list = useInfiniteQuery({ ...resourceListQuery('Team'), enabled: may({ verb: 'read', kind: 'Team' }) })
  const listed = list.data?.pages.flatMap(({ items }) => items.map(({ metadata }) => metadata.name)) ?? []
  const orderable = [...listed, ...teams].filter((team) => may({ verb: 'write', kind: 'Tenant' }, { team }))
  return [...new Set([...orderable, present])].sort()
}
