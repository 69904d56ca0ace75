// SPDX-License-Identifier: Apache-2.0
/** `kaas get`: one resource or a list of them. */
import { KaasError } from '@kaas/errors'
import type { KindDescription, ResourceAnswer } from '@kaas/http-contract'
import type { Output, WIDE } from '../output-names.ts'
import { inSchemaOrder, renderName, renderValue, renderValues } from '../render/output.ts'
import { renderReceivedShares } from '../render/received-shares.ts'
import { renderResources } from '../render/resource-table.ts'
import { resourceNameOf, type Session } from '../session.ts'

/** Options of `get`. */
export interface GetOptions {
  readonly tenant?: string
  readonly filter?: string
  readonly sort?: string
  readonly received?: boolean
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
  const { output, tenant, received, ...query } = options
  if (received === true) return await getReceived(session, kind, tenant, output)
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

/** Shares of others are no documents of this tenant, so they have an answer of their own. */
async function getReceived(
  { client, terminal }: Session,
  { kind }: KindDescription,
  tenant: string | undefined,
  output: GetOptions['output'],
): Promise<void> {
  if (kind !== 'TopicShare' || tenant === undefined) {
    throw new KaasError('usage-invalid', {
      message: '--received lists the topics that other tenants share with one.',
      help: 'Write: kaas get shares --received --tenant <name>',
    })
  }
  const shares = await client.receivedShares(tenant)
  if (output === 'json' || output === 'yaml') terminal.out(renderValue({ items: shares }, output))
  else if (output === 'name') terminal.out(shares.map(({ as }) => `${as}\n`).join(''))
  else terminal.out(renderReceivedShares(shares, terminal.width))
  if (shares.length === 0) terminal.err(`Nobody shares a topic with ${tenant}.\n`)
}
