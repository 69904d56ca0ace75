// SPDX-License-Identifier: Apache-2.0
/** Tokens of the API: the person's own and those that she may see; made here, shown once, ended at once. */
import { Button, Group, Stack, Switch } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { useMay } from '../../data/session.ts'
import { tokensQuery } from '../../data/tokens.ts'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { IssuedToken } from './issued-token.tsx'
import { MakeToken } from './make-token.tsx'
import { TokenTable } from './token-table.tsx'

const URL_STATE = { all: '' }

export function TokensTab() {
  const [{ all }, change] = useUrlState(URL_STATE)
  const query = useQuery(tokensQuery(all !== ''))
  const [isMaking, { open, close }] = useDisclosure(false)
  const [secret, setSecret] = useState('')
  const may = useMay()
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        {may({ verb: 'read', kind: 'Token' }) ? (
          <Switch
            label="Also those of others"
            checked={all !== ''}
            onChange={(event) => change({ all: event.currentTarget.checked ? 'yes' : '' }, 'step')}
          />
        ) : (
          <span />
        )}
        <Button leftSection={<Plus size={15} aria-hidden />} onClick={open}>
          Make a token
        </Button>
      </Group>
      {secret !== '' && <IssuedToken secret={secret} onKept={() => setSecret('')} />}
      <QueryStates query={query}>
        {(tokens) =>
          tokens.length === 0 ? (
            <Empty title="No tokens">
              A token lets a program call the API. On your own machine <code>kaas login</code> gets one by itself.
            </Empty>
          ) : (
            <TokenTable tokens={tokens} />
          )
        }
      </QueryStates>
      <MakeToken opened={isMaking} onClose={close} onMade={setSecret} />
    </Stack>
  )
}
