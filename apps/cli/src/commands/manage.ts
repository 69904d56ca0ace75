// SPDX-License-Identifier: Apache-2.0
/** `kaas manage tenant NAME --by git|api`: who may change the tenant from now on. */
import { KaasError } from '@kaas/errors'
import { resourceNameOf, type Session } from '../session.ts'
import { storedDocument } from '../stored-document.ts'
import { type ChangeOptions, makeChange } from './change.ts'

/** Switches the field `management`, and says where changes are made from now on. */
export async function manageCommand(
  session: Session,
  word: string,
  name: string,
  options: ChangeOptions & { readonly by: 'api' | 'git' },
): Promise<void> {
  const kind = await session.kindOf(word)
  if (kind.kind !== 'Tenant') {
    throw new KaasError('usage-invalid', {
      message: `A ${kind.singular} is managed with its tenant.`,
      help: 'Name the tenant: kaas manage tenant NAME --by git.',
    })
  }
  const resource = resourceNameOf(kind, name, undefined)
  const before = await session.client.get(resource)
  const document = storedDocument(before)
  const spec = { ...document.spec, management: options.by }
  await makeChange(session, { resource, before, document: { ...document, spec } }, options)
  if (options.output === 'table' && options.dryRun !== true)
    session.terminal.err(nextOf(before.status?.observed.file, name, options.by))
}

function nextOf(file: unknown, name: string, by: 'api' | 'git'): string {
  if (by === 'api') return `The API and this command line change it again: kaas edit tenant ${name}\n`
  const where = typeof file === 'string' ? file : `tenants/${name}/tenant.yaml`
  return `From now on it is changed by merging a change of ${where} in the repository of tenants; the API refuses.\n`
}
