// SPDX-License-Identifier: Apache-2.0
/** Links to the policies that a refusal names, for who may read them: what they demand is better read than guessed. */
import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMay } from '../data/session.ts'
import { policiesIn } from '../format/policies-in.ts'

/** Nothing when the sentences name none. */
export function PolicyLinks({ sentences }: { readonly sentences: readonly string[] }) {
  const may = useMay()
  const names = policiesIn(sentences)
  if (names.length === 0 || !may({ verb: 'read', kind: 'Policy' })) return null
  return (
    <Text size="sm">
      {names.length === 1 ? 'Read the policy ' : 'Read the policies '}
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Anchor component={Link} to={`/policies/${name}`} target="_blank" size="sm">
            {name}
          </Anchor>
        </span>
      ))}
      .
    </Text>
  )
}
