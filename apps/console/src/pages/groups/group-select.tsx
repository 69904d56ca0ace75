// SPDX-License-Identifier: Apache-2.0
/** Chooses another group of the tenant; found by typing a part of its name, at the server. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { filterFor } from '../../data/filter-text.ts'
import { groupsQuery } from '../../data/groups.ts'

interface GroupSelectProps {
  readonly tenant: string
  readonly except: string
  readonly value: string
  readonly onChange: (group: string) => void
}

export function GroupSelect({ tenant, except, value, onChange }: GroupSelectProps) {
  const [typed, setTyped] = useState('')
  const [part] = useDebouncedValue(typed === value ? '' : typed, 150)
  const query = { ...groupsQuery(tenant, { filter: filterFor(part), sort: 'name' }), placeholderData: keepPreviousData }
  const found = useInfiniteQuery(query).data?.pages[0]?.items ?? []
  const names = found.map(({ group }) => group).filter((group) => group !== except)
  return (
    <Select
      ml={30}
      mt={4}
      maw={320}
      aria-label="Group"
      placeholder="Choose a group"
      searchable
      limit={50}
      data={[...new Set(value === '' ? names : [value, ...names])]}
      filter={({ options }) => options}
      nothingFoundMessage="No other group of that name"
      value={value === '' ? null : value}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}
