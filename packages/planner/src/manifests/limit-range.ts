// SPDX-License-Identifier: Apache-2.0
/** LimitRange: a container that says nothing gets little, and none gets more than a broker. */
import type { KubernetesObject, Manifest } from './manifest.ts'
import { metadataOf } from './names-of.ts'
import { mebibytes, sizeOf } from './pod-sizes.ts'
import type { CheckedInput } from './tenant-input.ts'

/** The limits of single containers and volumes. */
export function limitRangeFor(input: CheckedInput): Omit<Manifest, 'path'> {
  const broker = sizeOf(input, 'broker')
  const controller = sizeOf(input, 'controller')
  const largest = {
    cpu: `${Math.max(broker.limitMilliCores, controller.limitMilliCores)}m`,
    memory: mebibytes(Math.max(broker.memoryBytes, controller.memoryBytes)),
  }
  const volume = Math.max(broker.volumeBytes, controller.volumeBytes)
  const object: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: metadataOf(input.tenant, 'plan'),
    spec: {
      limits: [
        {
          type: 'Container',
          defaultRequest: { cpu: '50m', memory: '128Mi' },
          default: { cpu: '500m', memory: '256Mi' },
          max: largest,
        },
        { type: 'PersistentVolumeClaim', max: { storage: mebibytes(volume) } },
      ],
    },
  }
  return {
    object,
    because: [
      { path: ['spec', 'limits', 0, 'max', 'memory'], reason: 'plan: memory, of one broker' },
      { path: ['spec', 'limits', 1, 'max', 'storage'], reason: 'plan: disk space, of one broker' },
    ],
  }
}
