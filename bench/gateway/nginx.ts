// SPDX-License-Identifier: Apache-2.0
/** nginx as a relay of bytes (its stream module), set up like HAProxy: two workers, buffers of 64 KiB, TLS 1.3 where there is a certificate. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '@kaas/kafka-engine'
import { temporaryDirectory, tiedToParent } from '@kaas/testkit'
import type { Relay } from './haproxy.ts'
import type { Peer } from './peer.ts'

const MODULE = '/usr/lib/nginx/modules/ngx_stream_module.so'

/** Starts nginx with one server. Throws `tool-missing` when it is not installed. */
export function startNginx(relay: Relay): Peer {
  const program = findProgram('nginx', {
    package: 'nginx libnginx-mod-stream',
    purpose: 'compare the gateway with another relay of bytes',
  })
  const directory = temporaryDirectory('bench-nginx')
  const file = join(directory, 'nginx.conf')
  writeFileSync(file, configurationOf(relay, directory))
  const [command = program, ...args] = tiedToParent('TERM', [program, '-p', directory, '-c', file])
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  if (child.pid === undefined) throw new Error('nginx did not start.')
  return { pid: child.pid, stop: () => void child.kill('SIGTERM') }
}

function configurationOf({ port, brokerPort, keyPair }: Relay, directory: string): string {
  const tls =
    keyPair === undefined
      ? ''
      : `ssl_certificate ${keyPair.certFile}; ssl_certificate_key ${keyPair.keyFile}; ssl_protocols TLSv1.3;`
  return [
    existsSync(MODULE) ? `load_module ${MODULE};` : '',
    `daemon off; worker_processes 2; pid ${join(directory, 'pid')}; error_log stderr crit;`,
    'events { worker_connections 16384; }',
    `stream { server { listen 127.0.0.1:${port}${tls === '' ? '' : ' ssl'}; ${tls}`,
    `tcp_nodelay on; proxy_buffer_size 64k; proxy_timeout 1h; proxy_pass 127.0.0.1:${brokerPort}; } }`,
  ].join('\n')
}
