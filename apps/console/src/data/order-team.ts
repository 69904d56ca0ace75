// SPDX-License-Identifier: Apache-2.0
/** For which team somebody orders unless she says otherwise: the default one where she may, else her own. */
import { useMay, useSession } from './session.ts'

const USUAL = 'default'

/** The name of a team; `default` also for who may order for none, whom the server tells so. */
export function useOrderTeam(): string {
  const may = useMay()
  const { teams } = useSession()
  return [USUAL, ...teams].find((team) => may({ verb: 'write', kind: 'Tenant' }, { team })) ?? USUAL
}
