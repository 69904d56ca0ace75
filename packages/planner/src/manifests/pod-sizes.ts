// SPDX-License-Identifier: Apache-2.0
/** What every pod of a tenant asks for and how many there are. Quota, limit range and the pods themselves follow from it. */
import { parseSize } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { constraintNamed } from './manifest.ts'
import type { CheckedInput } from './tenant-input.ts'

const MIB = 1024 ** 2

/** Pods of one sort. A container's memory request is its limit: Kafka lives from the page cache, which counts. */
export interface PodSize {
  readonly name: 'broker' | 'controller' | 'topicOperator' | 'userOperator' | 'cruiseControl' | 'kafkaExporter'
  readonly count: number
  /** One more while a Deployment is replaced. */
  readonly surge: number
  readonly requestMilliCores: number
  readonly limitMilliCores: number
  readonly memoryBytes: number
  /** Of each volume of a pod; 0 without. */
  readonly volumeBytes: number
  readonly volumes: number
}

/** The metadata of 200,000 partitions is below this; Kafka keeps a snapshot and a log. */
const CONTROLLER_VOLUME_BYTES = 20 * 1024 ** 3

/** All sorts. Throws `config-invalid` when heap and page cache leave the node less than it keeps. */
export function podSizes(input: CheckedInput): readonly PodSize[] {
  const { plan } = input
  const small = { surge: 1, count: 1, volumeBytes: 0, volumes: 0 } as const
  return [
    brokerSize(input),
    {
      name: 'controller',
      count: plan.controllers,
      surge: 0,
      requestMilliCores: 500,
      limitMilliCores: 2000,
      memoryBytes: 2048 * MIB,
      volumeBytes: CONTROLLER_VOLUME_BYTES,
      volumes: 1,
    },
    { name: 'topicOperator', ...small, requestMilliCores: 100, limitMilliCores: 1000, memoryBytes: 512 * MIB },
    { name: 'userOperator', ...small, requestMilliCores: 100, limitMilliCores: 1000, memoryBytes: 512 * MIB },
    { name: 'cruiseControl', ...small, requestMilliCores: 250, limitMilliCores: 2000, memoryBytes: 2048 * MIB },
    { name: 'kafkaExporter', ...small, requestMilliCores: 50, limitMilliCores: 500, memoryBytes: 256 * MIB },
  ]
}

/** The size of one sort. */
export function sizeOf(input: CheckedInput, name: PodSize['name']): PodSize {
  const found = podSizes(input).find((each) => each.name === name)
  if (found === undefined) throw new KaasError('internal-bug', { message: `There is no pod "${name}".` })
  return found
}

/** `resources` of a container. */
export function resourcesOf({ requestMilliCores, limitMilliCores, memoryBytes }: PodSize) {
  const memory = mebibytes(memoryBytes)
  return {
    requests: { cpu: `${requestMilliCores}m`, memory },
    limits: { cpu: `${limitMilliCores}m`, memory },
  }
}

/** Whole mebibytes as Kubernetes writes them, rounded down. */
export function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / MIB)}Mi`
}

function brokerSize({ plan, platform, tenant }: CheckedInput): PodSize {
  const { broker, brokers } = plan
  const cores = constraintNamed(plan, 'cores')
  const busy = Math.ceil((cores.demand / cores.target / brokers) * 1000)
  const memoryBytes = broker.memoryBytes - parseSize(platform.nodeReserve)
  if (memoryBytes < broker.heapBytes + broker.pageCacheBytes) {
    throw new KaasError('config-invalid', {
      message: `A broker of tenant ${tenant.metadata.name} has no room on ${broker.instance} beside nodeReserve ${platform.nodeReserve}.`,
      help: 'Lower nodeReserve of the platform profile.',
      fields: [{ path: 'nodeReserve', message: 'Leaves too little for heap and page cache.' }],
    })
  }
  return {
    name: 'broker',
    count: brokers,
    surge: 0,
    requestMilliCores: Math.min(broker.cores * 1000 - 500, Math.max(500, busy)),
    limitMilliCores: broker.cores * 1000,
    memoryBytes,
    volumeBytes: broker.diskBytes / broker.volumes,
    volumes: broker.volumes,
  }
}
