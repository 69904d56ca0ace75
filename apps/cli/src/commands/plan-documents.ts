// SPDX-License-Identifier: Apache-2.0
/** `kaas plan -f`: what the Tenants of the documents get, and what that changes of what runs. Changes nothing. */
import { parseDocument, type Tenant } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { PlanChangeAnswer } from '@kaas/http-contract'
import { changeOfPlan, dedicatedPlanFor } from '@kaas/planner'
import { readDocuments, type SourceDocument, withoutAdditions } from '../documents.ts'
import type { Output } from '../output-names.ts'
import { loadPlatform } from '../platform-file.ts'
import { renderValue } from '../render/output.ts'
import { renderPlanChange } from '../render/plan-change.ts'
import type { Session } from '../session.ts'

/** Options of `plan -f`. */
export interface PlanDocumentsOptions {
  readonly filename: readonly string[]
  readonly offline?: boolean
  readonly platform?: string
  readonly output: Output
}

/** Prints a plan per tenant. Throws what refuses the first of the refused, after all are printed. */
export async function planDocumentsCommand(session: Session, options: PlanDocumentsOptions): Promise<void> {
  const { terminal, style } = session
  const documents = (await readDocuments(options.filename, terminal.readInput)).filter(({ kind }) => kind === 'Tenant')
  if (documents.length === 0) {
    throw new KaasError('document-invalid', {
      message: `There is no Tenant in ${options.filename.join(', ')}.`,
      help: 'Plan a Tenant document; topics and users need no plan.',
    })
  }
  const items = []
  for (const document of documents) items.push({ tenant: document.name, ...(await planOf(session, document, options)) })
  if (options.output === 'json' || options.output === 'yaml') terminal.out(renderValue({ items }, options.output))
  else if (options.output === 'name')
    terminal.out(items.map(({ tenant, change }) => `tenant/${tenant} ${change.kind}\n`).join(''))
  else {
    const view = { style, width: terminal.width }
    terminal.out(items.map((item) => renderPlanChange(item, `tenant/${item.tenant}`, view)).join('\n'))
  }
  const refusal = items.flatMap(({ change }) => change.refusals)[0]
  if (refusal !== undefined) throw new KaasError(refusal.code, { message: refusal.message, help: refusal.help })
}

async function planOf(session: Session, document: SourceDocument, options: PlanDocumentsOptions): Promise<PlanChangeAnswer> {
  const offline = options.offline === true || options.platform !== undefined
  return offline
    ? offlinePlanOf(document, options.platform ?? 'platform.yaml')
    : session.client.planChange(withoutAdditions(document.value))
}

/** What runs is not known here: everything is new. */
function offlinePlanOf(document: SourceDocument, platformFile: string): PlanChangeAnswer {
  const tenant = parseDocument(withoutAdditions(document.value)) as Tenant
  if (tenant.spec.isolation === 'virtual') {
    throw new KaasError('usage-invalid', {
      message: `Tenant ${document.name} has isolation: virtual; only the server knows what room the shared clusters have.`,
      help: 'Leave out --offline and --platform.',
    })
  }
  const plan = dedicatedPlanFor(tenant, loadPlatform(platformFile))
  return { plan, change: changeOfPlan(undefined, plan) }
}
