// SPDX-License-Identifier: Apache-2.0
/** `kaas purge tenant`: gives up the volumes that were kept when a tenant with an own Kafka was deleted. */
import { KaasError } from '@kaas/errors'
import type { Output } from '../output-names.ts'
import { renderValue } from '../render/output.ts'
import type { Session } from '../session.ts'

/** Asks for the name, for there is no way back. Throws `usage-invalid` where nobody can be asked and `--yes` is missing. */
export async function purgeCommand(
  session: Session,
  word: string,
  name: string,
  options: { readonly yes?: boolean; readonly output: Output },
): Promise<void> {
  const { client, terminal } = session
  const kind = await session.kindOf(word)
  if (kind.kind !== 'Tenant') {
    throw new KaasError('usage-invalid', { message: `Only data of a tenant is kept, none of a ${kind.singular}.` })
  }
  if (options.yes !== true) await confirm(session, name)
  const answer = await client.purgeTenant(name, name)
  if (options.output === 'json' || options.output === 'yaml') return terminal.out(renderValue(answer, options.output))
  if (options.output === 'name') return terminal.out(`tenant/${name}\n`)
  if (answer.outcome === 'unchanged') return terminal.out(`Nothing is kept of tenant ${name}.\n`)
  const claims = `${answer.volumeClaims} ${answer.volumeClaims === 1 ? 'volume claim' : 'volume claims'}`
  terminal.out(`tenant/${name} is purged: namespace ${answer.namespace} goes, with ${claims} and all records in them\n`)
}

async function confirm({ terminal }: Session, name: string): Promise<void> {
  if (!terminal.canAsk) {
    throw new KaasError('usage-invalid', {
      message: 'Nobody can be asked here whether to give up the data.',
      help: 'Add --yes.',
    })
  }
  const typed = await terminal.ask(`All kept records of tenant ${name} go for ever. Type its name to give them up: `)
  if (typed.trim() === name) return
  throw new KaasError('cancelled-by-caller', { message: `The data of tenant ${name} is still kept.` })
}
