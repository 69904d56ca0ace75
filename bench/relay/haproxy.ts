// SPDX-License-Identifier: Apache-2.0
/**
 * HAProxy as a relay of bytes before the broker: the yardstick. It knows no Kafka, so each of its ports has a broker listener
 * of its own that is advertised at that port. Settings are those of the recorded baselines (two threads, 64 KiB buffers).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '@kaas/kafka-engine'

/** One frontend and its broker listener. */
export interface Relay {
  readonly name: string
  readonly port: number
  readonly brokerPort: number
  /** PEM file with certificate and key; plaintext when absent. */
  readonly certificateFile?: string
}

/** A running HAProxy with its own process, so that each relay's processor time is told apart. */
export interface Haproxy {
  readonly pid: number
  stop(): void
}

/** Starts HAProxy with one frontend per relay. Throws `tool-missing` when it is not installed. */
export function startHaproxy(directory: string, relays: readonly Relay[]): Haproxy {
  const program = findProgram('haproxy', { package: 'haproxy', purpose: 'compare the gateway with a relay of bytes' })
  const file = join(directory, `haproxy-${relays.map((relay) => relay.name).join('-')}.cfg`)
  writeFileSync(file, configurationOf(relays))
  const child: ChildProcess = spawn(program, ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (child.pid === undefined) throw new Error('HAProxy did not start.')
  return { pid: child.pid, stop: () => void child.kill('SIGTERM') }
}

function configurationOf(relays: readonly Relay[]): string {
  const frontends = relays.map((relay) => {
    const tls = relay.certificateFile === undefined ? '' : ` ssl crt ${relay.certificateFile} ssl-min-ver TLSv1.3`
    return `listen ${relay.name}\n  bind 127.0.0.1:${relay.port}${tls}\n  server broker 127.0.0.1:${relay.brokerPort}\n`
  })
  return [
    'global\n  nbthread 2\n  tune.bufsize 65536\n',
    'defaults\n  mode tcp\n  timeout connect 5s\n  timeout client 1h\n  timeout server 1h\n',
    ...frontends,
  ].join('\n')
}
