// SPDX-License-Identifier: Apache-2.0
/** Asks before a user goes. */
import { useNavigate } from '@tanstack/react-router'
import { useDeleteResource } from '../../data/resources.ts'
import { ConfirmDeletion } from '../../parts/confirm-deletion.tsx'

interface DeleteUserProps {
  readonly tenant: string
  readonly user: string
  readonly opened: boolean
  readonly onClose: () => void
}

export function DeleteUser({ tenant, user, opened, onClose }: DeleteUserProps) {
  const navigate = useNavigate()
  const remove = useDeleteResource({ kind: 'User', tenant, name: user })
  return (
    <ConfirmDeletion
      what={`the user "${user}"`}
      name={user}
      opened={opened}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate({ confirm: user }, { onSuccess: () => void navigate({ to: `/tenants/${tenant}/users` }) })
      }
      isBusy={remove.isPending}
      error={remove.error}
    >
      Its passwords and rights go at once. Applications that log in as {tenant}.{user} lose their connection and cannot come
      back; topics, records and groups stay.
    </ConfirmDeletion>
  )
}
