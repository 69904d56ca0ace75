// SPDX-License-Identifier: Apache-2.0
/** Stands in for Cruise Control: moves partitions by Kafka's own tool, no faster than it is told, as an operator with a certificate. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { issueCertificate } from '@kaas/certificates'
import { kafkaTool, temporaryDirectory } from '@kaas/testkit'
import type { RenderedCluster } from './rendered-cluster.ts'
import { REPLICATION } from './strimzi-stand-in.ts'

const TOOL = 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand'

/** Starts the move of partitions to the brokers named for each. `isDone` tells, and lifts the throttle when it is. */
export async function movePartitions(
  cluster: RenderedCluster,
  topic: string,
  replicas: ReadonlyMap<number, readonly number[]>,
  bytesPerSecond: number,
): Promise<{ isDone(): Promise<boolean> }> {
  const folder = temporaryDirectory('move')
  const save = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const identity = await issueCertificate(cluster.clusterAuthority, {
    names: ['shop-cruise-control'],
    organization: 'io.strimzi',
  })
  const partitions = [...replicas].map(([partition, brokers]) => ({ topic, partition, replicas: brokers }))
  const servers = cluster.nodes
    .filter(({ role }) => role === 'broker')
    .map(({ nodeId }) => `127.0.0.1:${cluster.portOf(nodeId, REPLICATION)}`)
  const file = save('moves.json', JSON.stringify({ version: 1, partitions }))
  const args = ['--bootstrap-server', servers.join(','), '--reassignment-json-file', file]
  const config = {
    'security.protocol': 'SSL',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': save('operator.pem', identity.keyPem + identity.certificatePem),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': save('cluster-ca.pem', cluster.clusterAuthority.certificatePem),
  }
  const run = (...more: readonly string[]) => kafkaTool(TOOL, [...args, ...more], { config, timeoutMs: 90_000 })
  await run('--execute', '--throttle', String(bytesPerSecond))
  return { isDone: async () => !/still in progress/.test((await run('--verify')).stdout) }
}
