// SPDX-License-Identifier: Apache-2.0
/** The product's own charts on the lane, by the Helm of the lane. */
import { fileURLToPath } from 'node:url'
import { type ProgramResult, runProgram } from '@kaas/testkit'
import type { LaneAddress } from './lane.ts'

const CHARTS = fileURLToPath(new URL('../../../charts/', import.meta.url))

/** Which chart with which of its examples, and how its release is called. */
export interface ChartRelease {
  readonly chart: string
  readonly example: string
  readonly release: string
  readonly namespace: string
}

/** Installs the chart or brings it up to date; waits until what it makes is ready. More arguments go to Helm. */
export function installChart(lane: LaneAddress, release: ChartRelease, ...more: readonly string[]): Promise<ProgramResult> {
  const { chart, example, release: name, namespace } = release
  const values = `${CHARTS}${chart}/examples/${example}.yaml`
  const args = ['upgrade', '--install', name, `${CHARTS}${chart}`, '--namespace', namespace, '--values', values, ...more]
  return runProgram(lane.binaries.helm, args, { env: { ...process.env, KUBECONFIG: lane.kubeconfig } })
}
