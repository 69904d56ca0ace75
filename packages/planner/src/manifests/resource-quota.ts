// SPDX-License-Identifier: Apache-2.0
/** ResourceQuota: exactly what the planned pods need, so that nothing else fits into the namespace. */
import type { KubernetesObject, Manifest } from './manifest.ts'
import { metadataOf } from './names-of.ts'
import { wayInOf } from './platform-user.ts'
import { mebibytes, type PodSize, podSizes } from './pod-sizes.ts'
import type { CheckedInput } from './tenant-input.ts'

const GIB = 1024 ** 3

/** The quota of the namespace. */
export function resourceQuotaFor(input: CheckedInput): Omit<Manifest, 'path'> {
  const sizes = podSizes(input)
  const sum = (amount: (size: PodSize) => number) =>
    sizes.reduce((total, size) => total + (size.count + size.surge) * amount(size), 0)
  const hard = {
    'requests.cpu': `${sum((each) => each.requestMilliCores)}m`,
    'requests.memory': mebibytes(sum((each) => each.memoryBytes)),
    'limits.cpu': `${sum((each) => each.limitMilliCores)}m`,
    'limits.memory': mebibytes(sum((each) => each.memoryBytes)),
    'requests.storage': `${Math.ceil(sum((each) => each.volumes * each.volumeBytes) / GIB)}Gi`,
    persistentvolumeclaims: String(sum((each) => each.volumes)),
    pods: String(sum(() => 1)),
    'count/kafkas.kafka.strimzi.io': '1',
    'count/kafkatopics.kafka.strimzi.io': String(input.plan.limits.partitions),
    'count/kafkausers.kafka.strimzi.io': String(input.plan.limits.users + (wayInOf(input) === undefined ? 0 : 1)),
  }
  const object: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: metadataOf(input.tenant, 'plan'),
    spec: { hard },
  }
  const because = [
    ['requests.cpu', 'plan: cores, of all brokers, controllers and helpers, with one helper more while it is replaced'],
    ['requests.memory', 'plan: memory, of all of them'],
    ['requests.storage', 'plan: disk space, and the controllers'],
    ['count/kafkatopics.kafka.strimzi.io', 'plan: limit of partitions; a topic has at least one'],
    ['count/kafkausers.kafka.strimzi.io', 'plan: limit of users, and the control plane'],
  ] as const
  return { object, because: because.map(([name, reason]) => ({ path: ['spec', 'hard', name], reason })) }
}
