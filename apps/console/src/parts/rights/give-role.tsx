// SPDX-License-Identifier: Apache-2.0
/** The button that leads to a new binding, for who may make one there. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { Place } from '../../data/may.ts'
import { useMay } from '../../data/session.ts'

interface GiveRoleProps {
  /** Where it is offered: a team, or anywhere when absent. */
  readonly place?: Place
  /** Members of the address of the form that are filled in. */
  readonly given?: Readonly<Record<string, string>>
}

export function GiveRole({ place, given = {} }: GiveRoleProps) {
  const may = useMay()
  if (!may({ verb: 'write', kind: 'RoleBinding' }, place)) return null
  return (
    <Button component={Link} to="/new-binding" search={given as never} leftSection={<Plus size={15} aria-hidden />}>
      Give a role
    </Button>
  )
}
