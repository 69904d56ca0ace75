// SPDX-License-Identifier: Apache-2.0
/** A context for tests of single steps: one tenant, one exchange, brokers shown at one gateway, and answers that the test gives. */
import type { SnapshotTenant } from '@kaas/domain'
import type { Api } from '@kaas/kafka-protocol'
import type { Message, StepContext } from '../src/step.ts'
import { TenantTelemetry } from '../src/telemetry/tenant-telemetry.ts'

/** What a test may set, and what it can look at afterwards. */
export interface TestContext extends StepContext {
  readonly foreignNames: () => number
  /** Errors that the step saw in answers. */
  readonly errors: readonly (readonly [code: number, name: string | undefined])[]
  /** What the step told the audit log. */
  readonly refusals: readonly string[]
  /** Requests of the step's own, in order. */
  readonly asked: readonly { readonly api: Api; readonly isService: boolean; readonly request: unknown }[]
}

/** A broker as a step sees it when it asks by itself. Throws what it wants to reject with. */
export type Answers = (api: Api, request: Message, isService: boolean) => unknown

/** The tenant of all tests of steps. */
export const TENANT: SnapshotTenant = {
  name: 'orders',
  cluster: 'local',
  limits: { partitions: 10, retentionMs: 86_400_000, connections: 100 },
  paused: false,
}

/** A context for one exchange of `api`. */
export function stepContext(api: Api, apiVersion: number, answers: Answers = unexpected): TestContext {
  const asked: { api: Api; isService: boolean; request: unknown }[] = []
  const errors: (readonly [number, string | undefined])[] = []
  const refusals: string[] = []
  let foreignNames = 0
  const ask = async (asks: Api, request: unknown, isService: boolean): Promise<never> => {
    asked.push({ api: asks, isService, request: structuredClone(request) })
    return answers(asks, request as Message, isService) as never
  }
  return {
    tenant: TENANT,
    user: `${TENANT.name}.app`,
    apiKey: api.key,
    apiVersion,
    clientId: 'test',
    notes: new Map(),
    memory: new Map(),
    telemetry: new TenantTelemetry(),
    advertise: (nodeId) => ({ host: 'gateway', port: 9093 + nodeId }),
    countForeignName: () => {
      foreignNames += 1
    },
    noteError: (code, name) => void errors.push([code, name]),
    noteRefusal: (rule) => void refusals.push(rule),
    ask: (asks, _version, request) => ask(asks, request, false),
    askAsService: (asks, request) => ask(asks, request, true),
    askBrokerAsService: (asks, request) => ask(asks, request, true),
    foreignNames: () => foreignNames,
    errors,
    refusals,
    asked,
  }
}

function unexpected(api: Api): never {
  throw new Error(`The step asked ${api.name}; this test expects no question.`)
}
