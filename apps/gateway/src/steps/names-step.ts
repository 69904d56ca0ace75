// SPDX-License-Identifier: Apache-2.0
/**
 * The tenant's view of names (design 6.2): physical names on the way to the broker, the tenant's own on the way back, and nothing of
 * another tenant ever. Which fields carry names is data: the marks in the message descriptions. What marks cannot say is in
 * `names/`, one file per trap.
 */
import { type Api, apiOf, rewriteNames } from '@kaas/kafka-protocol'
import type { Message, Step, StepContext, StepResult, Wants } from '../step.ts'
import { claimOf, isOffered } from './api-claims.ts'
import { carriesNames } from './names/carries-names.ts'
import { describeGroupsTrap, joinGroupTrap, syncGroupTrap } from './names/classic-groups.ts'
import { alterConfigsTrap, describeConfigsTrap, incrementalAlterConfigsTrap } from './names/config-resources.ts'
import { describeTopicPartitionsTrap } from './names/describe-topic-partitions.ts'
import { dropForeignNames } from './names/drop-foreign-names.ts'
import { findCoordinatorTrap } from './names/find-coordinator.ts'
import { consumerGroupHeartbeatTrap, listTransactionsTrap } from './names/regex-requests.ts'
import { viewFor } from './names/remembering-view.ts'
import {
  createPartitionsTrap,
  createTopicsTrap,
  deleteRecordsTrap,
  deleteTopicsTrap,
} from './names/shared-administration.ts'
import type { Trap } from './names/trap.ts'
import { passesProduce } from './produce-bytes.ts'

const TRAPS: ReadonlyMap<number, Trap> = new Map(
  [
    findCoordinatorTrap,
    joinGroupTrap,
    syncGroupTrap,
    describeGroupsTrap,
    describeConfigsTrap,
    alterConfigsTrap,
    incrementalAlterConfigsTrap,
    listTransactionsTrap,
    consumerGroupHeartbeatTrap,
    describeTopicPartitionsTrap,
    createTopicsTrap,
    deleteTopicsTrap,
    deleteRecordsTrap,
    createPartitionsTrap,
  ].map((trap) => [trap.apiKey, trap]),
)

const FORWARD: StepResult = { kind: 'forward' }
/** Such as Produce from v13 on outside transactions: it names nothing, and its records go on as they came. */
const UNCHANGED: StepResult = { kind: 'forward', unchanged: true }

/** The step that renames. It is stateless and serves all tenants. */
export function createNamesStep(): Step {
  return { name: 'names', wants: wantsOf, passes: passesProduce, request: toPhysicalNames, response: toLogicalNames }
}

function wantsOf(apiKey: number, apiVersion: number): Wants {
  const api = apiOf(apiKey)
  if (api === undefined || !isOffered(apiKey, apiVersion) || claimOf(apiKey)?.decision !== 'map') {
    return { request: false, response: false }
  }
  const trap = TRAPS.get(apiKey)
  return {
    request: trap?.check !== undefined || trap?.request !== undefined || carriesNames(api, apiVersion, 'request'),
    response: trap?.response !== undefined || carriesNames(api, apiVersion, 'response'),
  }
}

function toPhysicalNames(context: StepContext, message: Message): StepResult {
  const view = viewFor(context)
  const trap = TRAPS.get(context.apiKey)
  const result = trap?.check?.(view, message, context)
  if (result !== undefined) return result
  let isRenamed = false
  rewriteNames(apiFor(context), context.apiVersion, 'request', message, (kind, name) => {
    isRenamed = true
    return view.toPhysical(kind, name)
  })
  trap?.request?.(view, message, context)
  return isRenamed || trap !== undefined ? FORWARD : UNCHANGED
}

function toLogicalNames(context: StepContext, message: Message): void {
  const view = viewFor(context)
  const dropped = (): void => context.countForeignName()
  const api = apiFor(context)
  TRAPS.get(context.apiKey)?.response?.(view, message, context, dropped)
  dropForeignNames(api, context.apiVersion, message, view.isForeign, dropped)
  rewriteNames(api, context.apiVersion, 'response', message, view.toLogical)
}

function apiFor(context: StepContext): Api {
  const api = apiOf(context.apiKey)
  if (api === undefined) throw new TypeError(`API ${context.apiKey} reached a step that never wanted it.`)
  return api
}
