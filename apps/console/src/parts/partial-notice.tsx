// SPDX-License-Identifier: Apache-2.0
/** Says that a part of what should be here is missing, and why: a cluster that does not answer hides nothing else. */

import type { PartialProblem } from '@kaas/http-contract'
import { Alert } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'

/** Nothing without a problem. */
export function PartialNotice({ problem }: { readonly problem: PartialProblem | undefined }) {
  if (problem === undefined) return null
  return (
    <Alert variant="default" icon={<TriangleAlert size={16} aria-hidden />} title="Some of this is missing" role="status">
      {problem.message} {problem.help}
    </Alert>
  )
}
