// SPDX-License-Identifier: Apache-2.0
/** The tenant one works in; another one is found by typing a part of its name, at the server. */
import { Combobox, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useParam } from '../browser/use-url-state.ts'
import { filterFor } from '../data/filter-text.ts'
import { resourceListQuery } from '../data/resources.ts'
import { TenantTarget } from './tenant-target.tsx'

const SHOWN = 12

export function TenantSwitcher() {
  const tenant = useParam('tenant')
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({
    defaultOpened: true,
    onDropdownClose: () => setTyped(''),
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const go = (name: string) => {
    combobox.closeDropdown()
    void navigate({ to: '/tenants/$tenant', params: { tenant: name } as never })
  }
  return (
    <Combobox store={combobox} onOptionSubmit={go} width={260} position="bottom-start" withinPortal>
      <Combobox.Target targetType="button">
        <TenantTarget tenant={tenant} onClick={() => combobox.toggleDropdown()} />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder="Part of a name"
          aria-label="Find a tenant"
        />
        {combobox.dropdownOpened && <Choices typed={typed} />}
      </Combobox.Dropdown>
    </Combobox>
  )
}

function Choices({ typed }: { readonly typed: string }) {
  const [filter] = useDebouncedValue(filterFor(typed), 150)
  const { data, isPending } = useInfiniteQuery(resourceListQuery('Tenant', { filter, limit: SHOWN }))
  const items = data?.pages[0]?.items ?? []
  return (
    <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
      {items.map(({ metadata }) => (
        <Combobox.Option key={metadata.name} value={metadata.name}>
          {metadata.name}
        </Combobox.Option>
      ))}
      {items.length === 0 && <Combobox.Empty>{isPending ? 'Looking …' : 'No tenant of that name'}</Combobox.Empty>}
    </Combobox.Options>
  )
}
