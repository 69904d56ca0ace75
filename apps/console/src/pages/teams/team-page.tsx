// SPDX-License-Identifier: Apache-2.0
/** One team: who is in it, its tenants, which further roles were given in it, its document. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { type ResourceItem, resourceQuery } from '../../data/resources.ts'
import { useMay } from '../../data/session.ts'
import { DocumentEditor } from '../../parts/document-editor.tsx'
import { Page } from '../../parts/page.tsx'
import { PageTabs } from '../../parts/page-tabs.tsx'
import { BindingTable } from '../../parts/rights/binding-table.tsx'
import { DeleteRight } from '../../parts/rights/delete-right.tsx'
import { GiveRole } from '../../parts/rights/give-role.tsx'
import { QueryStates } from '../../parts/states.tsx'
import { ResourceStatus } from '../../parts/status-mark.tsx'
import { MembersTab } from './members-tab.tsx'
import { TenantsTab } from './tenants-tab.tsx'

export function TeamPage() {
  const name = useParam('team')
  const may = useMay()
  const query = useQuery(resourceQuery({ kind: 'Team', name }))
  const remove = may({ verb: 'delete', kind: 'Team' }, { team: name }) && (
    <DeleteRight kind="Team" name={name} what={`the team "${name}"`} next="/teams">
      Its members lose what the team gave them, and its bindings and machine tokens end. It must own no tenant any more.
    </DeleteRight>
  )
  return (
    <Page
      title={name}
      above={[{ label: 'Teams', to: '/teams' }]}
      beside={query.data !== undefined && <ResourceStatus resource={query.data} />}
      actions={query.data !== undefined && remove}
    >
      <QueryStates query={query}>{(team) => <TeamTabs team={team} />}</QueryStates>
    </Page>
  )
}

function TeamTabs({ team }: { readonly team: ResourceItem<'Team'> }) {
  const may = useMay()
  const { name, generation } = team.metadata
  const place = { team: name }
  const mayEdit = may({ verb: 'write', kind: 'Team' }, place)
  const give = <GiveRole place={place} given={{ team: name }} />
  const tabs = [
    { id: 'members', label: 'Members', content: <MembersTab key={generation} team={team} mayEdit={mayEdit} /> },
    { id: 'tenants', label: 'Tenants', content: <TenantsTab team={name} /> },
    { id: 'roles', label: 'Further roles', content: <FurtherRoles team={name} give={give} /> },
    {
      id: 'yaml',
      label: 'YAML',
      content: <DocumentEditor reference={{ kind: 'Team', name }} resource={team} mayEdit={mayEdit} />,
    },
  ]
  return <PageTabs tabs={tabs} />
}

function FurtherRoles({ team, give }: { readonly team: string; readonly give: ReactNode }) {
  return (
    <>
      {give}
      <BindingTable only={`spec.scope.team=${team}`} action={null} />
    </>
  )
}
