// SPDX-License-Identifier: Apache-2.0
/** The document of a tenant: what Git holds and `kaas apply` takes. Changes are tried at the server before they are saved. */
import { useQuery } from '@tanstack/react-query'
import { useParam } from '../../browser/use-url-state.ts'
import { resourceQuery } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { DocumentEditor } from '../../parts/document-editor.tsx'
import { Page } from '../../parts/page.tsx'
import { QueryStates } from '../../parts/states.tsx'
import { aboveInTenant, TenantSections } from '../../parts/tenant-sections.tsx'

export function TenantDocumentPage() {
  const name = useParam('tenant')
  const reference = { kind: 'Tenant', name } as const
  const query = useQuery(resourceQuery(reference))
  const mayHere = useMayInTenant(name)
  return (
    <Page title="YAML" above={aboveInTenant(name)}>
      <TenantSections tenant={name} />
      <QueryStates query={query}>
        {(tenant) => (
          <DocumentEditor
            reference={reference}
            resource={tenant}
            mayEdit={mayHere({ verb: 'write', kind: 'Tenant' }) && tenant.spec.management !== 'git'}
          />
        )}
      </QueryStates>
    </Page>
  )
}
