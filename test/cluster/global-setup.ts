// SPDX-License-Identifier: Apache-2.0
/** Starts the lane once for all files of the project `cluster`; with KUBECONFIG that cluster takes its place. */
import type { TestProject } from 'vitest/node'
import { Lane, type LaneAddress } from './lane/lane.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Kubeconfig of an administrator of the management cluster. */
    kubeconfig: string
    /** Null when the tests run against the cluster of KUBECONFIG. */
    lane: LaneAddress | null
  }
}

/** Called by vitest before the first file; the result is called after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { KUBECONFIG } = process.env
  if (KUBECONFIG) {
    console.log(`cluster: using the cluster of KUBECONFIG (${KUBECONFIG}); nothing is stored there`)
    project.provide('kubeconfig', KUBECONFIG)
    project.provide('lane', null)
    return async () => {}
  }
  const started = performance.now()
  const lane = await Lane.start((line) => console.log(`cluster: ${line}`))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`cluster: ready after ${seconds} s; logs of its programs are in ${lane.address.folder}`)
  project.provide('kubeconfig', lane.address.kubeconfig)
  project.provide('lane', lane.address)
  return () => lane.stop()
}
