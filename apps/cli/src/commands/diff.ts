// SPDX-License-Identifier: Apache-2.0
/** `kaas diff -f`: what `apply` would change. Writes nothing. */
import { readDocuments } from '../documents.ts'
import type { Output } from '../output-names.ts'
import { renderChanges } from '../render/changes.ts'
import { renderValue } from '../render/output.ts'
import { resourceNameOf, type Session } from '../session.ts'

/** The exit code for "there are differences", which is no error (design section 10). */
const DIFFERENT = 3

/** Prints the differences; returns 0 without and 3 with them. */
export async function diffCommand(
  session: Session,
  options: { readonly filename: readonly string[]; readonly output: Output },
): Promise<number> {
  const { client, terminal, style } = session
  const items = []
  for (const document of await readDocuments(options.filename, terminal.readInput)) {
    const resource = resourceNameOf(await session.kindOf(document.kind), document.name, document.tenant)
    const { outcome, changes } = await client.put(resource, document.value, { dryRun: true })
    const { kind, name, tenant } = resource
    items.push({ kind: kind.kind, name, ...(tenant === undefined ? {} : { tenant }), outcome, changes })
  }
  const different = items.filter(({ outcome }) => outcome !== 'unchanged')
  if (options.output === 'json' || options.output === 'yaml') terminal.out(renderValue({ items }, options.output))
  else {
    for (const { kind, name, tenant, outcome, changes } of different) {
      const where = tenant === undefined ? '' : ` in ${tenant}`
      terminal.out(`${kind} ${name}${where} would be ${outcome}\n`)
      if (options.output === 'table') terminal.out(renderChanges(changes, style))
    }
  }
  return different.length === 0 ? 0 : DIFFERENT
}
