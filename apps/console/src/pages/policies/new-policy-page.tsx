// SPDX-License-Identifier: Apache-2.0
/** A new policy, begun from an example. */
import { Button, Group } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Page } from '../../parts/page.tsx'
import { POLICY_EXAMPLES } from './policy-text.ts'
import { PolicyWorkbench } from './policy-workbench.tsx'

export function NewPolicyPage() {
  const navigate = useNavigate()
  const [text, setText] = useState(POLICY_EXAMPLES[0]?.text ?? '')
  return (
    <Page
      title="Write a policy"
      above={[{ label: 'Policies', to: '/policies' }]}
      lead="Begin with an example, try it against what is there, save it. It holds from the next change on."
    >
      <Group gap="xs" role="group" aria-label="Examples">
        {POLICY_EXAMPLES.map((example) => (
          <Button key={example.name} size="xs" variant="default" onClick={() => setText(example.text)}>
            {example.name}
          </Button>
        ))}
      </Group>
      <PolicyWorkbench
        text={text}
        onText={setText}
        generation={0}
        mayWrite
        mayTry
        onSaved={(name) => void navigate({ to: `/policies/${name}` })}
      />
    </Page>
  )
}
