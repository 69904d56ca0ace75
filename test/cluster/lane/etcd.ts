// SPDX-License-Identifier: Apache-2.0
/** The database of the API servers: one process, which several API servers share by their prefixes. */
import { join } from 'node:path'
import { freePorts } from '@kaas/testkit'
import { Credentials } from './credentials.ts'
import { LaneProcess } from './lane-process.ts'
import { isAnswering } from './probe.ts'

/** Where an etcd is. `credentials` are its own authority's: whoever has them reads everything. */
export interface EtcdAddress {
  readonly url: string
  readonly credentials: Credentials
}

/** A running etcd. */
export interface Etcd extends EtcdAddress {
  readonly process: LaneProcess
}

/** Starts etcd on `folder/etcd`, new or from an earlier run. Nothing is synced to disk: it is lost with the machine. */
export async function startEtcd(program: string, folder: string): Promise<Etcd> {
  const credentials = await Credentials.create(join(folder, 'etcd-certificates'))
  await Promise.all([credentials.issueServer('etcd'), credentials.issueClient('api-server', { user: 'api-server' })])
  const [port = 0, peerPort = 0] = await freePorts(2)
  const url = `https://127.0.0.1:${port}`
  const peer = `http://127.0.0.1:${peerPort}`
  const process = new LaneProcess({
    name: 'etcd',
    logFile: join(folder, 'etcd.log'),
    command: [
      program,
      '--name=lane',
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=lane=${peer}`,
      `--cert-file=${credentials.path('etcd.crt')}`,
      `--key-file=${credentials.path('etcd.key')}`,
      '--client-cert-auth',
      `--trusted-ca-file=${credentials.path('ca.crt')}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
    ],
  })
  await process.untilReady(() => isAnswering(`${url}/health`, credentials, 'api-server'))
  return { url, credentials, process }
}
