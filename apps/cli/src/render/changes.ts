// SPDX-License-Identifier: Apache-2.0
/** Differences between what is stored and what was sent, one line per field. */
import type { Change } from '@kaas/http-contract'
import type { Style } from './style.ts'

/** Lines such as `~ spec.partitions: 3 → 6`, each ended, indented by two. */
export function renderChanges(changes: readonly Change[], style: Style): string {
  return changes.map((change) => `  ${renderChange(change, style)}\n`).join('')
}

function renderChange({ path, before, after }: Change, style: Style): string {
  if (before === undefined) return style('green', `+ ${path}: ${renderValueOf(after)}`)
  if (after === undefined) return style('red', `- ${path}: ${renderValueOf(before)}`)
  return style('yellow', `~ ${path}: ${renderValueOf(before)} → ${renderValueOf(after)}`)
}

function renderValueOf(value: unknown): string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? value : JSON.stringify(value)
}
