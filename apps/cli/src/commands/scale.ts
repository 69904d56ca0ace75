// SPDX-License-Identifier: Apache-2.0
/** `kaas scale tenant`: another workload for a tenant that runs. What is not said stays. */
import { KaasError } from '@kaas/errors'
import { type WorkloadOptions, workloadFrom } from '../program-options.ts'
import { resourceNameOf, type Session } from '../session.ts'
import { storedDocument } from '../stored-document.ts'
import { type ChangeOptions, makeChange } from './change.ts'

/** Changes the workload. Throws `usage-invalid` for other kinds, and when nothing is said. */
export async function scaleCommand(
  session: Session,
  word: string,
  name: string,
  options: ChangeOptions & Partial<WorkloadOptions>,
): Promise<void> {
  const kind = await session.kindOf(word)
  if (kind.kind !== 'Tenant') {
    throw new KaasError('usage-invalid', {
      message: `A ${kind.singular} has no workload.`,
      help: `Scale a tenant, or change the ${kind.singular} with "kaas edit ${kind.singular} ${name}".`,
    })
  }
  const resource = resourceNameOf(kind, name, undefined)
  const said = workloadOf(options)
  const before = await session.client.get(resource)
  const document = storedDocument(before)
  const workload = { ...withoutOtherReaders(document.spec.workload, said), ...said }
  await makeChange(session, { resource, before, document: { ...document, spec: { ...document.spec, workload } } }, options)
}

function workloadOf(options: Partial<WorkloadOptions>): Partial<WorkloadOptions> {
  const said = workloadFrom(options)
  if (Object.keys(said).length > 0) return said
  throw new KaasError('usage-invalid', {
    message: 'It is not said what to change.',
    help: 'Say it, for example with --produce 200MB/s.',
  })
}

/** `consume` and `fanOut` say the same in two ways: the one that is given takes the place of the other. */
function withoutOtherReaders(workload: unknown, said: Partial<WorkloadOptions>): object {
  const stored = typeof workload === 'object' && workload !== null ? Object.entries(workload) : []
  const other = said.fanOut !== undefined ? 'consume' : said.consume !== undefined ? 'fanOut' : undefined
  return Object.fromEntries(stored.filter(([name]) => name !== other))
}
