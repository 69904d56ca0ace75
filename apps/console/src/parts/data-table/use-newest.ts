// SPDX-License-Identifier: Apache-2.0
/** A function that stays the same from one drawing to the next, and calls what was given last. */
import { useCallback, useRef } from 'react'

/** For functions that pages write inline: rows that did not change are not drawn again because of them. */
export function useNewest<A, R>(work: (argument: A) => R): (argument: A) => R {
  const newest = useRef(work)
  newest.current = work
  return useCallback((argument) => newest.current(argument), [])
}
