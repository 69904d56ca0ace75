// SPDX-License-Identifier: Apache-2.0
/** `kaas get`: one resource or a list of them. */
import type { ResourceAnswer } from '@kaas/http-contract'
import type { Output, WIDE } from '../output-names.ts'
import { inSchemaOrder, renderName, renderValue, renderValues } from '../render/output.ts'
import { renderResources } from '../render/resource-table.ts'
import { resourceNameOf, type Session } from '../session.ts'

/** Options of `get`. */
export interface GetOptions {
  readonly tenant?: string
  readonly filter?: string
  readonly sort?: string
  readonly output: Output | typeof WIDE
}

/** Prints what was asked for. An empty list says so on standard error and is no error. */
export async function getCommand(
  session: Session,
  word: string,
  name: string | undefined,
  options: GetOptions,
): Promise<void> {
  const { client, terminal } = session
  const kind = await session.kindOf(word)
  const { output, tenant, ...query } = options
  if (name !== undefined) {
    const resource = inSchemaOrder(await client.get(resourceNameOf(kind, name, tenant)))
    if (output === 'json' || output === 'yaml') return terminal.out(renderValue(resource, output))
    return print([resource])
  }
  const resources = []
  for await (const each of client.listAll(kind, { ...query, limit: 500, ...(tenant === undefined ? {} : { tenant }) })) {
    resources.push(inSchemaOrder(each))
  }
  print(resources)

  function print(found: readonly ResourceAnswer[]): void {
    if (output === 'json' || output === 'yaml') terminal.out(renderValues(found, output))
    else if (output === 'name') terminal.out(found.map((each) => `${renderName(each)}\n`).join(''))
    else {
      const view = {
        width: terminal.width,
        nowMs: terminal.now(),
        withTenant: tenant === undefined,
        wide: output === 'wide',
      }
      terminal.out(renderResources(found, kind, view))
      if (found.length === 0) terminal.err(`There are no ${kind.plural}${tenant === undefined ? '' : ` in ${tenant}`}.\n`)
    }
  }
}
