// SPDX-License-Identifier: Apache-2.0
/** The buttons of the header as they stand before they were ever opened. Their menus lie beside, each a file of its own. */
import { ActionIcon, useMantineColorScheme } from '@mantine/core'
import { CircleUser, Clock, Monitor, Moon, Sun } from 'lucide-react'
import { useParam } from '../browser/use-url-state.ts'
import { useMay, useSession } from '../data/session.ts'
import { OnDemand } from './on-demand.tsx'
import { TenantTarget } from './tenant-target.tsx'

/** The tenant one works in. */
export function TenantButton() {
  const may = useMay()
  const tenant = useParam('tenant')
  if (!may({ verb: 'read', kind: 'Tenant' })) return null
  return <OnDemand load={loadTenants} button={(listeners) => <TenantTarget tenant={tenant} {...listeners} />} />
}

/** In which zone times are shown. */
export function TimeZoneButton() {
  return (
    <OnDemand
      load={loadTimeZone}
      button={(listeners) => (
        <ActionIcon variant="subtle" color="gray" aria-haspopup="dialog" aria-label="Time zone" {...listeners}>
          <Clock size={16} aria-hidden />
        </ActionIcon>
      )}
    />
  )
}

/** Light or dark. */
export function ThemeButton() {
  const { colorScheme } = useMantineColorScheme()
  const Shown = colorScheme === 'light' ? Sun : colorScheme === 'dark' ? Moon : Monitor
  return (
    <OnDemand
      load={loadTheme}
      button={(listeners) => (
        <ActionIcon variant="subtle" color="gray" aria-haspopup="menu" aria-label="Theme" {...listeners}>
          <Shown size={16} aria-hidden />
        </ActionIcon>
      )}
    />
  )
}

/** Oneself. */
export function PersonButton() {
  const { person } = useSession()
  return (
    <OnDemand
      load={loadPerson}
      button={(listeners) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-haspopup="menu"
          aria-label={`You: ${person.displayName || person.name}`}
          {...listeners}
        >
          <CircleUser size={18} aria-hidden />
        </ActionIcon>
      )}
    />
  )
}

const loadTenants = () => import('./tenant-switcher.tsx').then(({ TenantSwitcher }) => TenantSwitcher)
const loadTimeZone = () => import('./time-zone-menu.tsx').then(({ TimeZoneMenu }) => TimeZoneMenu)
const loadTheme = () => import('./theme-menu.tsx').then(({ ThemeMenu }) => ThemeMenu)
const loadPerson = () => import('./person-menu.tsx').then(({ PersonMenu }) => PersonMenu)
