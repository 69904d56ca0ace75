// SPDX-License-Identifier: Apache-2.0
/** One policy: its YAML to change and to try, and its end. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { type ResourceItem, resourceQuery, useDeleteResource } from '../../data/resources.ts'
import { useMay } from '../../data/session.ts'
import { renderDocument } from '../../format/document-text.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Page } from '../../parts/page.tsx'
import { QueryStates } from '../../parts/states.tsx'
import { PolicyWorkbench } from './policy-workbench.tsx'

export function PolicyPage() {
  const name = useParam('policy')
  const may = useMay()
  const query = useQuery(resourceQuery({ kind: 'Policy', name }))
  return (
    <Page
      title={name}
      above={[{ label: 'Policies', to: '/policies' }]}
      lead={query.data?.spec.description}
      actions={may({ verb: 'delete', kind: 'Policy' }) && <DeletePolicy name={name} />}
    >
      <QueryStates query={query}>{(policy) => <Stored policy={policy} />}</QueryStates>
    </Page>
  )
}

function Stored({ policy }: { readonly policy: ResourceItem<'Policy'> }) {
  const may = useMay()
  const stored = renderDocument(policy)
  const [edited, setEdited] = useState<{ readonly text: string; readonly generation: number }>()
  const { generation } = policy.metadata
  return (
    <PolicyWorkbench
      text={edited?.text ?? stored}
      onText={(text) => setEdited({ text, generation: edited?.generation ?? generation })}
      original={stored}
      generation={edited?.generation ?? generation}
      mayWrite={may({ verb: 'write', kind: 'Policy' }, {})}
      mayTry={may({ verb: 'read', kind: 'Policy' }, {})}
      onSaved={() => setEdited(undefined)}
    />
  )
}

/** A policy holds nothing, so one more press is enough. */
function DeletePolicy({ name }: { readonly name: string }) {
  const navigate = useNavigate()
  const [isSure, setSure] = useState(false)
  const remove = useDeleteResource({ kind: 'Policy', name })
  const press = () => {
    if (!isSure) return setSure(true)
    remove.mutate({}, { onSuccess: () => void navigate({ to: '/policies' }) })
  }
  return (
    <>
      <FailedLine error={remove.error} />
      <Button variant="default" color="red" loading={remove.isPending} onClick={press} onBlur={() => setSure(false)}>
        {isSure ? 'Delete it for good' : 'Delete'}
      </Button>
    </>
  )
}
