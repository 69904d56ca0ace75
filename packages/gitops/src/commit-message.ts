// SPDX-License-Identifier: Apache-2.0
/**
 * The messages of our commits, and reading them back. The last paragraph holds trailers as git knows them
 * (`git log --format='%(trailers:key=KaaS-Tenant)'`), so that a person, a script and the control plane find the same.
 */

/** What a commit of the platform is about. */
export interface TenantChange {
  readonly tenant: string
  /** Of the tenant's document, as the API counts it. */
  readonly generation: number
  /** Who asked for it, as the audit log names her. */
  readonly author: string
}

/** A change and how it is told. */
export interface ChangeWords extends TenantChange {
  /** What is done to the tenant, as "create" or "resize". */
  readonly verb: string
  /** Why, as free text of several lines; may be empty. */
  readonly reason?: string | undefined
}

/** The whole message: a subject such as `Resize shop`, the reason, the trailers. */
export function messageFor({ author, generation, reason, tenant, verb }: ChangeWords): string {
  const subject = `${oneLine(verb).replace(/^./, (first) => first.toUpperCase())} ${oneLine(tenant)}`
  const why = (reason ?? '').trim().replace(/\r\n?/g, '\n')
  const trailers = [`KaaS-Tenant: ${oneLine(tenant)}`, `KaaS-Generation: ${generation}`, `KaaS-Author: ${oneLine(author)}`]
  return [subject, ...(why === '' ? [] : [why]), trailers.join('\n')].join('\n\n').concat('\n')
}

/**
 * What a message says of itself; undefined for a commit that is not ours, also for a revert and a cherry-pick of ours. Anybody
 * can write trailers: this tells commits apart, it proves nothing.
 */
export function changeOf(message: string): TenantChange | undefined {
  const paragraphs = message.trimEnd().split(/\n{2,}/)
  const last = paragraphs.length > 1 ? (paragraphs.at(-1) ?? '') : ''
  if (/^\(cherry picked from /m.test(last)) return undefined
  const trailer = (key: string) => new RegExp(`^${key}: *(\\S.*)$`, 'm').exec(last)?.[1]
  const [tenant, generation, author] = ['KaaS-Tenant', 'KaaS-Generation', 'KaaS-Author'].map(trailer)
  if (tenant === undefined || author === undefined || !/^\d{1,15}$/.test(generation ?? '')) return undefined
  return { tenant, generation: Number(generation), author }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
