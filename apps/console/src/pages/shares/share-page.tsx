// SPDX-License-Identifier: Apache-2.0
/** One share: how it stands, in words, and its document. */
import { Button, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useParam } from '../../browser/use-url-state.ts'
import { type ResourceItem, resourceQuery, useDeleteResource } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { ConfirmDeletion } from '../../parts/confirm-deletion.tsx'
import { DocumentEditor } from '../../parts/document-editor.tsx'
import { Page } from '../../parts/page.tsx'
import { sharePath } from '../../parts/share-words.ts'
import { QueryStates } from '../../parts/states.tsx'
import { ResourceStatus } from '../../parts/status-mark.tsx'
import { aboveInTenant } from '../../parts/tenant-sections.tsx'

export function SharePage() {
  const tenant = useParam('tenant')
  const name = useParam('share')
  const reference = { kind: 'TopicShare', tenant, name } as const
  const query = useQuery(resourceQuery(reference))
  const mayHere = useMayInTenant(tenant)
  const share = query.data
  const isThere = share !== undefined && share.metadata.deletionRequestedAt === undefined
  return (
    <Page
      title={name}
      above={aboveInTenant(tenant, { label: 'Shares', path: '/shares' })}
      beside={share !== undefined && <ResourceStatus resource={share} />}
      actions={isThere && mayHere({ verb: 'delete', kind: 'TopicShare' }) && <DeleteShare share={share} tenant={tenant} />}
    >
      <QueryStates query={query}>
        {(found) => (
          <Stack gap="sm">
            <Text size="sm">{standingOf(found)}</Text>
            <DocumentEditor
              reference={reference}
              resource={found}
              mayEdit={isThere && mayHere({ verb: 'write', kind: 'TopicShare' })}
            />
          </Stack>
        )}
      </QueryStates>
    </Page>
  )
}

function standingOf({ status }: ResourceItem<'TopicShare'>): string {
  return status?.conditions.find(({ type }) => type === 'Ready')?.message ?? 'It is being put in force.'
}

function DeleteShare({ share, tenant }: { readonly share: ResourceItem<'TopicShare'>; readonly tenant: string }) {
  const [opened, { open, close }] = useDisclosure(false)
  const navigate = useNavigate()
  const { name } = share.metadata
  const { topic, with: receiver, as } = share.spec
  const remove = useDeleteResource({ kind: 'TopicShare', tenant, name })
  return (
    <>
      <Button variant="default" onClick={open}>
        Delete …
      </Button>
      <ConfirmDeletion
        what={`the share “${name}”`}
        name={name}
        opened={opened}
        onClose={close}
        onConfirm={() => remove.mutate({}, { onSuccess: () => void navigate({ to: sharePath(tenant) }) })}
        isBusy={remove.isPending}
        error={remove.error}
      >
        Applications of {receiver} that use {as} are refused at once. The topic {topic} and its records stay.
      </ConfirmDeletion>
    </>
  )
}
