// SPDX-License-Identifier: Apache-2.0
/** How many records wait, in human form with the exact number on hover. */
import { Tooltip } from '@mantine/core'
import { formatCompact, formatCount } from '../format/numbers.ts'

/** A decimal text, as the API gives 64-bit numbers. Unknown is a dash. */
export function Lag({ lag }: { readonly lag: string | undefined }) {
  if (lag === undefined) return <span title="not known">–</span>
  const exact = formatCount(BigInt(lag))
  const text = formatCompact(Number(lag))
  return text === exact ? (
    <span>{exact}</span>
  ) : (
    <Tooltip label={`${exact} records`}>
      <span>{text}</span>
    </Tooltip>
  )
}
