// SPDX-License-Identifier: Apache-2.0
/** A tenant with the team that owns it: the place of rights, for what is in the tenant. */
import { useQuery } from '@tanstack/react-query'
import type { Place, Right } from './may.ts'
import { resourceQuery } from './resources.ts'
import { useMay } from './session.ts'

/** `mayHere({ verb: 'write', kind: 'Topic' })` of a page of one tenant. */
export function useMayInTenant(tenant: string): (right: Right) => boolean {
  const may = useMay()
  const { data } = useQuery(resourceQuery({ kind: 'Tenant', name: tenant }))
  const place: Place = { tenant, ...(data !== undefined && { team: data.spec.team }) }
  return (right) => may(right, place)
}
