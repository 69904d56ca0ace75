// SPDX-License-Identifier: Apache-2.0
/** One binding: its document, tried at the server before it is saved, and its end. */
import { useQuery } from '@tanstack/react-query'
import { useParam } from '../../browser/use-url-state.ts'
import type { Place } from '../../data/may.ts'
import { type ResourceItem, resourceQuery } from '../../data/resources.ts'
import { useMay } from '../../data/session.ts'
import { scopeWords, subjectWords } from '../../format/right-words.ts'
import { DocumentEditor } from '../../parts/document-editor.tsx'
import { Page } from '../../parts/page.tsx'
import { DeleteRight } from '../../parts/rights/delete-right.tsx'
import { QueryStates } from '../../parts/states.tsx'

type Binding = ResourceItem<'RoleBinding'>

export function BindingPage() {
  const name = useParam('binding')
  const may = useMay()
  const query = useQuery(resourceQuery({ kind: 'RoleBinding', name }))
  const { data } = query
  const remove = data !== undefined && may({ verb: 'delete', kind: 'RoleBinding' }, placeOf(data)) && (
    <DeleteRight kind="RoleBinding" name={name} what={`the binding "${name}"`} next="/roles">
      {leadOf(data)} This ends with their next request.
    </DeleteRight>
  )
  return (
    <Page title={name} above={[{ label: 'Roles', to: '/roles' }]} lead={data && leadOf(data)} actions={remove}>
      <QueryStates query={query}>
        {(binding) => (
          <DocumentEditor
            reference={{ kind: 'RoleBinding', name }}
            resource={binding}
            mayEdit={may({ verb: 'write', kind: 'RoleBinding' }, placeOf(binding))}
          />
        )}
      </QueryStates>
    </Page>
  )
}

function placeOf({ spec: { scope } }: Binding): Place {
  return scope === 'platform' ? {} : scope
}

function leadOf({ spec }: Binding): string {
  const who = subjectWords(spec.subjects).join(', ')
  return `${who === '' ? 'Nobody has' : `${who}: have`} the role ${spec.role} in ${scopeWords(spec.scope)}.`
}
