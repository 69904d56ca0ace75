// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers, sizes and rates as people say them. Each comes with `exact…` where rounding hides something; the exact text belongs into
 * a tooltip.
 */
import { renderBinarySize, renderRate, renderSize } from '@kaas/domain'

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const MONEY = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })

/** `12,345`; with digits grouped and exact. */
export function formatCount(value: number | bigint): string {
  return WHOLE.format(value)
}

/** `12.3K` from ten thousand on; exact below. */
export function formatCompact(value: number): string {
  return Math.abs(value) < 10_000 ? WHOLE.format(value) : COMPACT.format(value)
}

/** `5 MB/s`, in decimal units. */
export function formatRate(bytesPerSecond: number): string {
  return bytesPerSecond === 0 ? '0 B/s' : spaced(renderRate(bytesPerSecond))
}

/** `1.5 GB`, in decimal units. */
export function formatSize(bytes: number): string {
  return bytes === 0 ? '0 B' : spaced(renderSize(bytes))
}

/** `16 GiB`, as memory and disks are ordered. */
export function formatBinarySize(bytes: number): string {
  return spaced(renderBinarySize(bytes))
}

/** `12,345,678 bytes`: what `formatSize` rounded. */
export function exactSize(bytes: number): string {
  return `${WHOLE.format(bytes)} bytes`
}

/** `42 %`; one digit more below ten, where it matters; `21 times` from ten times on. */
export function formatShare(share: number): string {
  if (share >= 10) return `${WHOLE.format(share)}\u00a0times`
  const percent = share * 100
  return `${percent !== 0 && Math.abs(percent) < 10 ? percent.toFixed(1) : percent.toFixed(0)} %`
}

/** `$1,234`, US dollars without cents. */
export function formatMoney(dollars: number): string {
  return MONEY.format(dollars)
}

/** `1 topic`, `3 topics`: with the count before the word. `plural` for words that do not only take an s. */
export function counted(count: number, word: string, plural = `${word}s`): string {
  return `${WHOLE.format(count)} ${count === 1 ? word : plural}`
}

/** `policies` → `policy`, `tenants of orders` → `tenant of orders`: the first plural of a label. */
export function singularOf(label: string): string {
  return /^\w*ies\b/.test(label) ? label.replace('ies', 'y') : label.replace(/s\b/, '')
}

/** A gap between number and unit that no line break opens. */
function spaced(text: string): string {
  return text.replace(/^([\d.]+)/, '$1\u00a0')
}
