// SPDX-License-Identifier: Apache-2.0
/** Asks before a group goes with its offsets. */
import type { GroupAnswer } from '@kaas/http-contract'
import { useNavigate } from '@tanstack/react-router'
import { useDeleteGroup } from '../../data/groups.ts'
import { counted } from '../../format/numbers.ts'
import { ConfirmDeletion } from '../../parts/confirm-deletion.tsx'

interface DeleteGroupProps {
  readonly tenant: string
  readonly group: GroupAnswer
  readonly opened: boolean
  readonly onClose: () => void
}

export function DeleteGroup({ tenant, group: { group, offsets, members }, opened, onClose }: DeleteGroupProps) {
  const navigate = useNavigate()
  const remove = useDeleteGroup(tenant, group)
  return (
    <ConfirmDeletion
      what={`the group "${group}"`}
      name={group}
      opened={opened}
      onClose={onClose}
      onConfirm={() => remove.mutate(undefined, { onSuccess: () => void navigate({ to: `/tenants/${tenant}/groups` }) })}
      isBusy={remove.isPending}
      error={remove.error}
    >
      Its place in {counted(offsets.length, 'partition')} is forgotten. Consumers that come back begin where
      auto.offset.reset tells them, so that they may miss records or read all again.
      {members.length > 0 && ` It has ${counted(members.length, 'member')} now: stop them first, or Kafka refuses.`}
    </ConfirmDeletion>
  )
}
