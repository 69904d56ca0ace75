// SPDX-License-Identifier: Apache-2.0
/**
 * Metrics of clients (KIP-714) end here: brokers never see them, whether or not they take any. A client is told what to push and its
 * pushes are counted; what is in them is nobody's (decision 0035). Ids of clients are known within a tenant only.
 */
import { randomUUID } from 'node:crypto'
import { getTelemetrySubscriptions, pushTelemetry, type RequestOf } from '@kaas/kafka-protocol'
import type { Message, Step, StepContext, StepResult } from '../step.ts'
import { SUBSCRIPTION, subscriptionIdFor } from '../telemetry/tenant-telemetry.ts'
import { isOffered } from './api-claims.ts'
import { reply } from './reply.ts'

const NO_ID = '0'.repeat(32)

/** The step that answers for telemetry. What it remembers is the tenant's, in the context. */
export function createTelemetryStep(): Step {
  const keys: readonly number[] = [getTelemetrySubscriptions.key, pushTelemetry.key]
  return {
    name: 'telemetry',
    wants: (apiKey, apiVersion) => ({ request: isOffered(apiKey, apiVersion) && keys.includes(apiKey), response: false }),
    request: (context, message) =>
      context.apiKey === pushTelemetry.key ? takePush(context, message) : tellSubscription(context, message),
  }
}

function tellSubscription({ telemetry }: StepContext, message: Message): StepResult {
  const { clientInstanceId } = message as unknown as RequestOf<typeof getTelemetrySubscriptions>
  const id = clientInstanceId === NO_ID ? randomUUID().replaceAll('-', '') : clientInstanceId
  return reply(getTelemetrySubscriptions, {
    throttleTimeMs: 0,
    errorCode: telemetry.asked(id, Date.now()),
    clientInstanceId: id,
    subscriptionId: subscriptionIdFor(id),
    acceptedCompressionTypes: [...SUBSCRIPTION.compressionTypes],
    pushIntervalMs: SUBSCRIPTION.pushIntervalMs,
    telemetryMaxBytes: SUBSCRIPTION.maxBytes,
    deltaTemporality: true,
    requestedMetrics: [...SUBSCRIPTION.metrics],
  })
}

function takePush({ telemetry }: StepContext, message: Message): StepResult {
  const { metrics, ...push } = message as unknown as RequestOf<typeof pushTelemetry>
  const errorCode = telemetry.pushed({ ...push, length: metrics.length }, Date.now())
  return reply(pushTelemetry, { throttleTimeMs: 0, errorCode })
}
