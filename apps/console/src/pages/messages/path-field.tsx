// SPDX-License-Identifier: Apache-2.0
/** JSON paths as columns: typed here, or taken from a message. */
import { TagsInput } from '@mantine/core'
import { useState } from 'react'
import { pathProblem, pathsOf } from './path-columns.ts'

export function PathField({ paths, onPaths }: { readonly paths: string; readonly onPaths: (paths: string) => void }) {
  const [problem, setProblem] = useState<string>()
  return (
    <TagsInput
      aria-label="JSON paths as columns"
      placeholder={paths === '' ? 'Columns: order.id, key:region' : ''}
      size="xs"
      miw={230}
      maw={480}
      value={[...pathsOf(paths)]}
      error={problem}
      onSearchChange={() => setProblem(undefined)}
      onChange={(next) => {
        const wrong = next.map((path) => pathProblem(path)).find((each) => each !== undefined)
        setProblem(wrong)
        onPaths(next.filter((path) => pathProblem(path) === undefined).join(','))
      }}
    />
  )
}
