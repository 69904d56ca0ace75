// SPDX-License-Identifier: Apache-2.0
/** How people of the team look at a Kafka of their own by kubectl. Shown where the platform lets people sign in to Kubernetes (decision 0032). */
import { asKaasError } from '@kaas/errors'
import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { downloadText } from '../../browser/download.ts'
import { kubeconfigQuery } from '../../data/tenant-life.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import classes from './tenant-page.module.css'

const KUBELOGIN = 'https://github.com/int128/kubelogin'

export function KubernetesCard({ tenant }: { readonly tenant: string }) {
  const { data, error } = useQuery(kubeconfigQuery(tenant))
  // People do not sign in to Kubernetes here: nothing that she could use or wait for.
  if (data === undefined && (error === null || asKaasError(error).kind === 'unsupported')) return null
  return (
    <Paper withBorder component="section" aria-label="In kubectl" p="md">
      <Title order={2} mb="sm">
        In kubectl
      </Title>
      {data === undefined ? <NotYet error={error} /> : <Commands tenant={tenant} kubeconfig={data.kubeconfig} />}
    </Paper>
  )
}

function Commands({ tenant, kubeconfig }: { readonly tenant: string; readonly kubeconfig: object }) {
  const file = `${tenant}.kubeconfig`
  const commands = `npx kaas kubeconfig ${tenant} > ${file}\nkubectl --kubeconfig ${file} get pods`
  return (
    <>
      <Text size="sm" mb="xs">
        Groups of the team see pods, events and logs, signed in with the company’s account. kubectl needs{' '}
        <Anchor href={KUBELOGIN} target="_blank" rel="noreferrer" size="sm">
          kubelogin
        </Anchor>{' '}
        for it.
      </Text>
      <ScrollRegion label="Commands" className={classes.commands}>
        <pre>{commands}</pre>
      </ScrollRegion>
      <Group gap="xs" mt="xs">
        <CopyButton value={commands} label="Copy" text />
        <Button
          size="xs"
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
          onClick={() => downloadText(file, `${JSON.stringify(kubeconfig, undefined, 2)}\n`)}
        >
          Save {file}
        </Button>
      </Group>
    </>
  )
}

function NotYet({ error }: { readonly error: unknown }) {
  const { message, help } = asKaasError(error)
  return (
    <Text size="sm" c="dimmed">
      {message} {help}
    </Text>
  )
}
