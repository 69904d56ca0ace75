// SPDX-License-Identifier: Apache-2.0
/**
 * The steps from one plan of a dedicated cluster to the next, each with an estimate of its time and the formula of it. The
 * constants are house rules: they say what is waited for, and an installation measures its own.
 */
import { type PlanStep, renderRate, renderSize } from '@kaas/domain'
import { quotaPerBroker } from './limits.ts'
import type { FittingPlan } from './manifests/manifest.ts'

/** Seconds, each with what they hold. */
export const STEP_SECONDS = {
  /** Stop in order, start, read the logs, catch up with what was written meanwhile. */
  restart: 120,
  /** As restart, and the volume moves to a machine that may have to be made first. */
  moveToMachine: 420,
  /** A machine, a volume, an empty broker. All new brokers start together. */
  newBroker: 300,
  /** Leaving the cluster, once drained. */
  removeBroker: 60,
  /** The volume and its file system grow while the broker runs. */
  growDisk: 60,
} as const

/** What part of the slower of network and disk of a broker may be used to move partitions. */
const MOVING_SHARE = 0.2

/** Bytes a second that one broker may send or take while partitions move, beside the load that it was planned for. */
export function moveRateOf({ broker, brokers, constraints }: FittingPlan): number {
  const network = constraints
    .filter(({ name }) => name === 'network' || name === 'network in' || name === 'network out')
    .map(({ capacity }) => capacity / brokers)
  return Math.max(1, Math.floor(Math.min(broker.diskBytesPerSecond, ...network) * MOVING_SHARE))
}

/** How many of the brokers that stay restart: all or none. */
export function restartsOf(before: FittingPlan, after: FittingPlan): number {
  return whyRestart(before, after).length === 0 ? 0 : Math.min(before.brokers, after.brokers)
}

/** In the order in which they are done: room first, then what goes, then what comes. */
export function stepsOf(before: FittingPlan, after: FittingPlan): readonly PlanStep[] {
  return [...growing(before, after), ...draining(before, after), ...restarting(before, after), ...adding(before, after)]
}

function growing(before: FittingPlan, after: FittingPlan): readonly PlanStep[] {
  if (after.broker.diskBytes <= before.broker.diskBytes) return []
  const brokers = Math.min(before.brokers, after.brokers)
  const what = `${brokers} disks grow while their brokers run`
  const formula = `${STEP_SECONDS.growDisk} s a disk, all together`
  return [{ kind: 'grow-disks', what, brokers, seconds: STEP_SECONDS.growDisk, formula }]
}

function draining(before: FittingPlan, after: FittingPlan): readonly PlanStep[] {
  const fewer = before.brokers - after.brokers
  if (fewer <= 0) return []
  const rate = moveRateOf(before)
  const share = keptBytes(before) / before.brokers
  const removal = STEP_SECONDS.removeBroker
  return [
    {
      kind: 'drain',
      what: `partitions of ${fewer} brokers move to the others`,
      brokers: fewer,
      seconds: Math.ceil(share / rate),
      formula: `${renderSize(share)} on a broker ÷ ${renderRate(rate)} that it may send, all together`,
    },
    {
      kind: 'remove-brokers',
      what: `${fewer} brokers leave`,
      brokers: fewer,
      seconds: removal * fewer,
      formula: `${removal} s × ${fewer} brokers`,
    },
  ]
}

function restarting(before: FittingPlan, after: FittingPlan): readonly PlanStep[] {
  const brokers = restartsOf(before, after)
  if (brokers === 0) return []
  const each = before.broker.instance === after.broker.instance ? STEP_SECONDS.restart : STEP_SECONDS.moveToMachine
  return [
    {
      kind: 'restart',
      what: `${brokers} brokers restart one after the other: ${whyRestart(before, after).join(', ')}`,
      brokers,
      seconds: each * brokers,
      formula: `${each} s × ${brokers} brokers`,
    },
  ]
}

function adding(before: FittingPlan, after: FittingPlan): readonly PlanStep[] {
  const more = after.brokers - before.brokers
  if (more <= 0) return []
  const rate = moveRateOf(after)
  const share = keptBytes(before) / after.brokers
  const seconds = STEP_SECONDS.newBroker
  return [
    { kind: 'add-brokers', what: `${more} brokers start`, brokers: more, seconds, formula: `${seconds} s, all together` },
    {
      kind: 'rebalance',
      what: `partitions move to ${more} new brokers`,
      brokers: more,
      seconds: Math.ceil(share / rate),
      formula: `${renderSize(share)} for a broker ÷ ${renderRate(rate)} that it may take, all together`,
    },
  ]
}

/** The plan's whole storage on disks, with all copies: a cluster is never fuller than that. */
function keptBytes({ limits, replicationFactor }: FittingPlan): number {
  const local = (limits.localRetentionMs ?? limits.retentionMs) / limits.retentionMs
  return limits.storageBytes * local * replicationFactor
}

/** What of a broker's configuration or pod differs that Strimzi changes by a restart. Retention and disks it changes in a running broker. */
function whyRestart(before: FittingPlan, after: FittingPlan): readonly string[] {
  const [was, now] = [before.broker, after.broker]
  const quota = (plan: FittingPlan) => JSON.stringify(quotaPerBroker(plan.limits, plan.brokers))
  const connections = ({ limits, brokers }: FittingPlan) => Math.ceil(limits.connections / brokers)
  return [
    ...(was.instance !== now.instance ? [`machine ${now.instance}`] : []),
    ...(was.instance === now.instance && was.memoryBytes !== now.memoryBytes ? ['memory'] : []),
    ...(was.heapBytes !== now.heapBytes ? ['heap'] : []),
    ...(was.volumes !== now.volumes ? ['a volume more'] : []),
    ...(quota(before) !== quota(after) ? ['quota of a broker'] : []),
    ...(connections(before) !== connections(after) ? ['connections of a broker'] : []),
    ...(before.replicationFactor !== after.replicationFactor ? ['replication factor'] : []),
  ]
}
