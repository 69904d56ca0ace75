// SPDX-License-Identifier: Apache-2.0
/** Who has which role, which roles come with the product, and which are the company's own. */
import { Button, Group, Tabs } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { HelpCircle, Plus } from 'lucide-react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { useMay } from '../../data/session.ts'
import { Page } from '../../parts/page.tsx'
import { BindingTable } from '../../parts/rights/binding-table.tsx'
import { GiveRole } from '../../parts/rights/give-role.tsx'
import { OwnRoles } from './own-roles.tsx'
import { ShippedRoles } from './shipped-roles.tsx'

const DEFAULTS = { tab: 'bindings' }

export function RolesPage() {
  const [{ tab }, change] = useUrlState(DEFAULTS)
  const tabs = [
    ['bindings', 'Who has which role', <BindingTable key="bindings" action={<GiveRole />} />],
    ['shipped', 'Roles of the product', <ShippedRoles key="shipped" />],
    ['own', 'Own roles', <OwnRoles key="own" />],
  ] as const
  const shown = tabs.some(([id]) => id === tab) ? tab : DEFAULTS.tab
  return (
    <Page
      title="Roles"
      lead="A role is a list of rights; a binding gives it to groups and people, somewhere."
      actions={<Actions />}
    >
      <Tabs value={shown} onChange={(next) => change({ tab: next ?? DEFAULTS.tab }, 'step')} keepMounted={false}>
        <Tabs.List>
          {tabs.map(([id, label]) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(([id, , content]) => (
          <Tabs.Panel key={id} value={id} pt="sm">
            {content}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}

function Actions() {
  const may = useMay()
  return (
    <Group gap="xs">
      <Button component={Link} to="/why" variant="default" leftSection={<HelpCircle size={15} aria-hidden />}>
        Why may somebody …
      </Button>
      {may({ verb: 'write', kind: 'Role' }, {}) && (
        <Button component={Link} to="/new-role" variant="default" leftSection={<Plus size={15} aria-hidden />}>
          Make a role
        </Button>
      )}
      <GiveRole />
    </Group>
  )
}
