// SPDX-License-Identifier: Apache-2.0
/** The fields of a new binding. */
import { Autocomplete, SegmentedControl, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { resourceListQuery } from '../../data/resources.ts'
import { shippedRolesQuery } from '../../data/rights.ts'
import { useMay } from '../../data/session.ts'
import { useRows } from '../../parts/data-table/use-rows.ts'
import type { BindingForm } from './binding-form.ts'

interface BindingFieldsProps {
  readonly form: BindingForm
  readonly onChange: (change: Partial<BindingForm>) => void
}

export function BindingFields({ form, onChange }: BindingFieldsProps) {
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label="Name of the binding"
          placeholder="pay-viewers"
          required
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          value={form.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <RoleField role={form.role} onChange={(role) => onChange({ role })} />
      </SimpleGrid>
      <PlaceField form={form} onChange={onChange} />
      <TagsInput
        label="Groups of the identity provider"
        placeholder="pay-auditors, then Enter"
        value={[...form.groups]}
        onChange={(groups) => onChange({ groups })}
      />
      <TagsInput
        label="People"
        placeholder="ada, then Enter"
        value={[...form.people]}
        onChange={(people) => onChange({ people })}
      />
      <TagsInput label="Machine tokens, by their ids" value={[...form.tokens]} onChange={(tokens) => onChange({ tokens })} />
    </Stack>
  )
}

function RoleField({ role, onChange }: { readonly role: string; readonly onChange: (role: string) => void }) {
  const { data: shipped = [] } = useQuery(shippedRolesQuery)
  const { rows } = useRows(useInfiniteQuery(resourceListQuery('Role')))
  const names = [...shipped.map(({ name }) => name), ...rows.map(({ metadata }) => metadata.name)]
  const chosen = shipped.find(({ name }) => name === role)
  return (
    <Autocomplete
      label="Role"
      description={chosen?.description ?? 'One of the product, or an own one'}
      required
      data={names}
      value={role}
      onChange={onChange}
    />
  )
}

/** The platform is offered to who may give roles on it. */
function PlaceField({ form, onChange }: BindingFieldsProps) {
  const onPlatform = useMay()({ verb: 'write', kind: 'RoleBinding' }, {})
  const places = [
    { value: 'team', label: 'A team' },
    { value: 'tenant', label: 'One tenant' },
    ...(onPlatform ? [{ value: 'platform', label: 'The platform' }] : []),
  ]
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500} id="where">
        Where it holds
      </Text>
      <SegmentedControl
        aria-labelledby="where"
        data={places}
        value={form.where}
        onChange={(where) => onChange({ where: where as BindingForm['where'] })}
      />
      {form.where !== 'platform' && <PlaceName form={form} onChange={onChange} />}
    </Stack>
  )
}

function PlaceName({ form, onChange }: BindingFieldsProps) {
  const isTeam = form.where === 'team'
  const { rows } = useRows(useInfiniteQuery(resourceListQuery(isTeam ? 'Team' : 'Tenant')))
  return (
    <Autocomplete
      label={isTeam ? 'Team' : 'Tenant'}
      required
      data={rows.map(({ metadata }) => metadata.name)}
      limit={20}
      value={isTeam ? form.team : form.tenant}
      onChange={(name) => onChange(isTeam ? { team: name } : { tenant: name })}
    />
  )
}
