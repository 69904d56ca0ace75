// SPDX-License-Identifier: Apache-2.0
/** Looks whether all ports are free before anything starts, so that one message names them all. */
import { KaasError } from '@kaas/errors'
import { isPortFree } from '@kaas/kafka-engine'

/** A port that will be listened on, and the variable that moves it. */
export interface WantedPort {
  readonly port: number
  readonly variable: string
  /** As in "8080 (the API)". */
  readonly purpose: string
}

/** Throws `port-taken` naming every busy port with its variable. */
export async function checkPorts(wanted: readonly WantedPort[]): Promise<void> {
  const free = await Promise.all(wanted.map((each) => isPortFree(each.port)))
  const busy = wanted.filter((_, index) => !free[index])
  if (busy.length === 0) return
  const names = busy.map((each) => `${each.port} (${each.purpose})`)
  const variables = [...new Set(busy.map((each) => each.variable))]
  const example = variables.map((name) => `${name}=${suggestionFor(busy, name)}`)
  throw new KaasError('port-taken', {
    message: `Another program listens on ${busy.length === 1 ? 'port' : 'ports'} ${names.join(', ')} of this machine.`,
    help: `End that program, or choose other ports: ${example.join(' ')} npm start`,
    fields: busy.map((each) => ({ path: each.variable, message: `port ${each.port} is in use` })),
  })
}

function suggestionFor(busy: readonly WantedPort[], variable: string): number {
  const port = busy.find((each) => each.variable === variable)?.port ?? 8080
  return port + 10_000 <= 65_000 ? port + 10_000 : port - 10_000
}
