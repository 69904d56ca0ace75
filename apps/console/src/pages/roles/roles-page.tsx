// SPDX-License-Identifier: Apache-2.0
/** Who has which role, which roles come with the product, and which are the company's own. */
import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { HelpCircle, Plus } from 'lucide-react'
import { useMay } from '../../data/session.ts'
import { Page } from '../../parts/page.tsx'
import { PageTabs } from '../../parts/page-tabs.tsx'
import { BindingTable } from '../../parts/rights/binding-table.tsx'
import { GiveRole } from '../../parts/rights/give-role.tsx'
import { OwnRoles } from './own-roles.tsx'
import { ShippedRoles } from './shipped-roles.tsx'

export function RolesPage() {
  const tabs = [
    { id: 'bindings', label: 'Who has which role', content: <BindingTable action={<GiveRole />} /> },
    { id: 'shipped', label: 'Roles of the product', content: <ShippedRoles /> },
    { id: 'own', label: 'Own roles', content: <OwnRoles /> },
  ]
  return (
    <Page
      title="Roles"
      lead="A role is a list of rights; a binding gives it to groups and people, somewhere."
      actions={<Actions />}
    >
      <PageTabs tabs={tabs} />
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
