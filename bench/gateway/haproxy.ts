// SPDX-License-Identifier: Apache-2.0
/**
 * HAProxy as a relay of bytes before the broker: the yardstick. It knows no Kafka, so each of its ports has a broker listener
 * of its own that is advertised at that port. Settings are those of the recorded baselines (two threads, 64 KiB buffers).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '@kaas/kafka-engine'
import { temporaryDirectory, tiedToParent } from '@kaas/testkit'
import type { Peer } from './peer.ts'

/** One port of a relay and its broker listener. */
export interface Relay {
  readonly port: number
  readonly brokerPort: number
  /** PEM files for TLS in; plaintext when absent. */
  readonly keyPair?: { readonly certFile: string; readonly keyFile: string }
}

/** Starts HAProxy with one frontend, so that each relay's processor time is told apart. Throws `tool-missing` when it is not installed. */
export function startHaproxy(relay: Relay): Peer {
  const program = findProgram('haproxy', { package: 'haproxy', purpose: 'compare the gateway with a relay of bytes' })
  const directory = temporaryDirectory('bench-haproxy')
  const file = join(directory, 'haproxy.cfg')
  writeFileSync(file, configurationOf(relay, directory))
  const [command = program, ...args] = tiedToParent('TERM', [program, '-db', '-f', file])
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  if (child.pid === undefined) throw new Error('HAProxy did not start.')
  return { pid: child.pid, stop: () => void child.kill('SIGTERM') }
}

function configurationOf({ port, brokerPort, keyPair }: Relay, directory: string): string {
  let tls = ''
  if (keyPair !== undefined) {
    const pem = join(directory, 'relay.pem')
    writeFileSync(pem, readFileSync(keyPair.certFile, 'utf8') + readFileSync(keyPair.keyFile, 'utf8'), { mode: 0o600 })
    tls = ` ssl crt ${pem} ssl-min-ver TLSv1.3`
  }
  return [
    'global\n  nbthread 2\n  tune.bufsize 65536\n  maxconn 8000\n',
    'defaults\n  mode tcp\n  timeout connect 5s\n  timeout client 1h\n  timeout server 1h\n',
    `listen relay\n  bind 127.0.0.1:${port}${tls}\n  server broker 127.0.0.1:${brokerPort}\n`,
  ].join('\n')
}
