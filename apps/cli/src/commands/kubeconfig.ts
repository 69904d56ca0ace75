// SPDX-License-Identifier: Apache-2.0
/** `kaas kubeconfig`: how kubectl reaches a tenant, for people who sign in to Kubernetes with the company's identity provider. */
import { stringify } from 'yaml'
import type { Session } from '../session.ts'

/** Prints it as YAML. It holds no secret, so it may lie anywhere. */
export async function kubeconfigCommand({ client, terminal }: Session, tenant: string): Promise<void> {
  const { kubeconfig } = await client.kubeconfig(tenant)
  terminal.out(stringify(kubeconfig, { lineWidth: 0 }))
}
