// SPDX-License-Identifier: Apache-2.0
/**
 * Where a virtual tenant lives, written beside its documents. An empty control plane believes it: names with the tenant's prefix on that
 * cluster are the tenant's own. It is written only after the control plane has found or made them so.
 */
import { KaasError } from '@kaas/errors'
import { parse, stringify } from 'yaml'
import type { Claim } from '../tenants/claim.ts'

const HEADER =
  '# Written by kaas: the shared cluster that this tenant lives on. Do not change it; a move is an order of its own.'

/** The path of a tenant's claim. */
export function claimFileOf(tenant: string): string {
  return `tenants/${tenant}/claim.yaml`
}

/** The text of a claim. */
export function renderClaim({ cluster }: Claim): string {
  return `${HEADER}\n${stringify({ cluster })}`
}

/** The claim in a text; undefined without one. Throws `document-invalid` for a text that is none. */
export function parseClaim(text: string | undefined): Claim | undefined {
  if (text === undefined) return undefined
  const value: unknown = parse(text)
  const cluster = typeof value === 'object' && value !== null && 'cluster' in value ? value.cluster : undefined
  if (typeof cluster === 'string') return { cluster }
  throw new KaasError('document-invalid', {
    message: 'The claim file of the tenant cannot be read.',
    help: 'Restore claim.yaml from the history of the repository.',
  })
}
