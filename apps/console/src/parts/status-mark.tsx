// SPDX-License-Identifier: Apache-2.0
/** How something stands, by shape and word and colour, so that no one of them is needed. */

import type { ResourceAnswer } from '@kaas/http-contract'
import classes from './status-mark.module.css'

/** `good` is as wished, `busy` on its way there, `bad` needs somebody, `unknown` not heard of, `ending` being deleted. */
export type Standing = 'good' | 'busy' | 'bad' | 'unknown' | 'ending'

/** The word with its mark. `detail` is shown on hover. */
export function StatusMark({
  standing,
  word,
  detail,
}: {
  readonly standing: Standing
  readonly word: string
  readonly detail?: string
}) {
  return (
    <span className={classes.mark} data-standing={standing} title={detail === '' ? undefined : detail}>
      <span className={classes.shape} aria-hidden="true" />
      {word}
    </span>
  )
}

/** How a resource stands, by its `Ready` condition. */
export function ResourceStatus({ resource }: { readonly resource: Pick<ResourceAnswer, 'metadata' | 'status'> }) {
  const { standing, word, detail } = standingOf(resource)
  return <StatusMark standing={standing} word={word} detail={detail} />
}

/** The same as words, for filters and CSV. */
export function standingOf({ metadata, status }: Pick<ResourceAnswer, 'metadata' | 'status'>): {
  readonly standing: Standing
  readonly word: string
  readonly detail: string
} {
  const ready = status?.conditions.find(({ type }) => type === 'Ready')
  const detail = ready?.message ?? ''
  if (metadata.deletionRequestedAt !== undefined) return { standing: 'ending', word: 'Deleting', detail }
  if (ready === undefined) return { standing: 'busy', word: 'Accepted', detail: 'Nothing is known yet.' }
  if (ready.status === 'True') return { standing: 'good', word: 'Ready', detail }
  if (ready.status === 'Unknown') return { standing: 'unknown', word: 'Unknown', detail }
  return ready.step === undefined
    ? { standing: 'bad', word: ready.reason, detail }
    : { standing: 'busy', word: 'In progress', detail }
}
