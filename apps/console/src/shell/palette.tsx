// SPDX-License-Identifier: Apache-2.0
/** The palette (⌘K): goes to any page, and to any tenant by a part of its name. */
import { useDebouncedValue } from '@mantine/hooks'
import '@mantine/spotlight/styles.css'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Boxes, Search } from 'lucide-react'
import { useState } from 'react'
import { filterFor } from '../data/filter-text.ts'
import { resourceListQuery } from '../data/resources.ts'
import { useOfferedPages } from './navigation.tsx'

const SHOWN = 8

/** Opens it. */
export const openPalette = spotlight.open

export function Palette() {
  const [typed, setTyped] = useState('')
  const navigate = useNavigate()
  const pages = useOfferedPages().filter(({ title }) => title.toLowerCase().includes(typed.trim().toLowerCase()))
  const tenants = useTenants(typed.trim())
  return (
    <Spotlight.Root query={typed} onQueryChange={setTyped} shortcut={null} maxHeight={420} scrollable>
      <Spotlight.Search
        placeholder="Go to a page or a tenant"
        aria-label="Go to a page or a tenant"
        leftSection={<Search size={16} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label="Pages">
            {pages.map(({ path, title, navigation }) => (
              <Spotlight.Action
                key={path}
                label={title}
                leftSection={navigation === undefined ? undefined : <navigation.icon size={16} aria-hidden />}
                onClick={() => void navigate({ to: path })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        <Tenants names={tenants} />
        {pages.length + tenants.length === 0 && <Spotlight.Empty>Nothing of that name</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function useTenants(typed: string): readonly string[] {
  const [filter] = useDebouncedValue(filterFor(typed), 150)
  const { data } = useInfiniteQuery({
    ...resourceListQuery('Tenant', { filter, limit: SHOWN }),
    enabled: filter !== '',
  })
  return filter === '' ? [] : (data?.pages[0]?.items.map(({ metadata }) => metadata.name) ?? [])
}

function Tenants({ names }: { readonly names: readonly string[] }) {
  const navigate = useNavigate()
  return names.length === 0 ? null : (
    <Spotlight.ActionsGroup label="Tenants">
      {names.map((name) => (
        <Spotlight.Action
          key={name}
          label={name}
          leftSection={<Boxes size={16} aria-hidden />}
          onClick={() => void navigate({ to: `/tenants/${name}` })}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}
