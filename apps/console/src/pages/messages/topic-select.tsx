// SPDX-License-Identifier: Apache-2.0
/** Chooses a topic of the tenant; found by typing a part of its name, at the server. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { topicNamesQuery } from '../../data/kafka-topics.ts'

interface TopicSelectProps {
  readonly tenant: string
  readonly value: string
  readonly onChange: (topic: string) => void
}

export function TopicSelect({ tenant, value, onChange }: TopicSelectProps) {
  const [typed, setTyped] = useState(value)
  const [part] = useDebouncedValue(typed === value ? '' : typed, 150)
  const names = useQuery({ ...topicNamesQuery(tenant, part), placeholderData: keepPreviousData }).data ?? []
  return (
    <Select
      label="To the topic"
      searchable
      allowDeselect={false}
      data={[...new Set([value, ...names])]}
      filter={({ options }) => options}
      nothingFoundMessage="No topic of that name"
      value={value}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(next) => onChange(next ?? value)}
    />
  )
}
