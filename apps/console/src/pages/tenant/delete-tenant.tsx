// SPDX-License-Identifier: Apache-2.0
/** Deletion of a tenant: what goes along is asked from the server first, and the name is typed again. */
import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useDeleteResource } from '../../data/resources.ts'
import { goesAlongQuery } from '../../data/tenant-life.ts'
import { counted } from '../../format/numbers.ts'
import { ConfirmDeletion } from '../../parts/confirm-deletion.tsx'
import { FailedLine } from '../../parts/failed-line.tsx'

export function DeleteTenant({ tenant }: { readonly tenant: string }) {
  const [opened, { open, close }] = useDisclosure(false)
  const remove = useDeleteResource({ kind: 'Tenant', name: tenant })
  return (
    <>
      <Button variant="default" onClick={open}>
        Delete …
      </Button>
      <ConfirmDeletion
        what={`the tenant “${tenant}”`}
        name={tenant}
        opened={opened}
        onClose={close}
        onConfirm={() => remove.mutate({ confirm: tenant }, { onSuccess: close })}
        isBusy={remove.isPending}
        error={remove.error}
      >
        {opened && <GoesAlong tenant={tenant} />}
      </ConfirmDeletion>
    </>
  )
}

function GoesAlong({ tenant }: { readonly tenant: string }) {
  const { data, error } = useQuery(goesAlongQuery(tenant))
  if (error !== null) return <FailedLine error={error} />
  const words = Object.entries(data ?? {})
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => counted(count, kind.toLowerCase()))
  return (
    <>
      <Text size="sm">
        {data === undefined
          ? 'Looking what goes along …'
          : words.length === 0
            ? 'There is nothing in it.'
            : `${words.join(' and ')} ${words.length === 1 && words[0]?.startsWith('1 ') ? 'goes' : 'go'} along, with all records.`}
      </Text>
      <Text size="sm" c="dimmed">
        Clients lose their connection at once. It cannot be undone.
      </Text>
    </>
  )
}
