// SPDX-License-Identifier: Apache-2.0
/** A part of the platform that cannot be run here, played by the tests: it watches kinds and writes what the real one writes. */
import type { KindOf, KubeApi, KubeObject } from '../lane/kube-api.ts'

/** What an actor does with one object; called again after every change. */
export type Part = KindOf & { readonly play: (object: KubeObject, gone: boolean) => Promise<void> }

/** Starts to play; the result ends it. What a part throws is tried again. */
export function startActor(api: KubeApi, parts: readonly Part[]): () => Promise<void> {
  const controller = new AbortController()
  const running = parts.map(({ apiVersion, kind, play }) => api.watch({ apiVersion, kind }, play, controller.signal))
  return async () => {
    controller.abort()
    await Promise.all(running)
  }
}

/** A condition as controllers write it. */
export function condition(type: string, status: 'True' | 'False', reason?: string, message?: string) {
  return {
    type,
    status,
    lastTransitionTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
  }
}

/** An owner reference: the object goes when its owner goes. */
export function ownedBy({ apiVersion, kind, metadata: { name, uid } }: KubeObject) {
  return { apiVersion, kind, name, uid }
}

/** Whether the status was written for the present generation; then there is nothing to do. */
export function isObserved(object: KubeObject): boolean {
  const status = object.status as { readonly observedGeneration?: number } | undefined
  return status?.observedGeneration === object.metadata.generation
}
