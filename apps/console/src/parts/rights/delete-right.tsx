// SPDX-License-Identifier: Apache-2.0
/** Deletes a team, a role or a binding, after the name was typed. */
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useDeleteResource } from '../../data/resources.ts'
import { ConfirmDeletion } from '../confirm-deletion.tsx'

interface DeleteRightProps {
  readonly kind: 'Team' | 'Role' | 'RoleBinding'
  readonly name: string
  /** `the binding "ops"`. */
  readonly what: string
  /** Where one is afterwards. */
  readonly next: string
  /** What is lost, and for whom. */
  readonly children: ReactNode
}

export function DeleteRight({ kind, name, what, next, children }: DeleteRightProps) {
  const navigate = useNavigate()
  const [isAsking, setAsking] = useState(false)
  const remove = useDeleteResource({ kind, name })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDeletion
        what={what}
        name={name}
        opened={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate({ confirm: name }, { onSuccess: () => void navigate({ to: next }) })}
        isBusy={remove.isPending}
        error={remove.error}
      >
        {children}
      </ConfirmDeletion>
    </>
  )
}
