// SPDX-License-Identifier: Apache-2.0
/** `kaas events`: what happens to resources, as it happens. */
import { setTimeout as pause } from 'node:timers/promises'
import { KaasError } from '@kaas/errors'
import type { EventAnswer } from '@kaas/http-contract'
import type { Output } from '../output-names.ts'
import type { Session } from '../session.ts'

/** Options of `events`. */
export interface EventsOptions {
  readonly tenant?: string
  readonly kind?: string
  readonly after?: number
  readonly output: Output
}

const RECONNECT_MS = 1000

/** Prints events until the caller leaves. When the server ends the stream, goes on behind the last event that was seen. */
export async function eventsCommand(session: Session, options: EventsOptions): Promise<void> {
  const { client, terminal } = session
  const kind = options.kind === undefined ? undefined : (await session.kindOf(options.kind)).kind
  let after = options.after
  for (;;) {
    const query = {
      ...(kind === undefined ? {} : { kind }),
      ...(options.tenant === undefined ? {} : { tenant: options.tenant }),
      ...(after === undefined ? {} : { after }),
    }
    try {
      for await (const event of client.events(query)) {
        after = event.sequence
        terminal.out(options.output === 'table' ? renderEvent(event) : `${JSON.stringify(event)}\n`)
      }
    } catch (error) {
      // Before the first event the caller has a wrong address or token; later the server restarts.
      if (!(error instanceof KaasError) || !error.retriable || after === options.after) throw error
      terminal.err('The control plane is away; trying again.\n')
    }
    await pause(RECONNECT_MS)
  }
}

function renderEvent({ at, type, kind, tenant, name, conditions }: EventAnswer): string {
  const subject = `${kind.toLowerCase()}/${name}${tenant === undefined ? '' : ` in ${tenant}`}`
  const ready = conditions.find((each) => each.type === 'Ready')
  const said = ready === undefined ? '' : `  Ready=${ready.status} ${ready.reason}: ${ready.message}`
  return `${at}  ${subject}  ${type}${said}\n`
}
