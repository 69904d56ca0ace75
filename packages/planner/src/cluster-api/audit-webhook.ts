// SPDX-License-Identifier: Apache-2.0
/** Where API servers send their audit log: the control plane of KaaS, which puts it into Kafka before it answers (decision 0030). */

/** The control plane as API servers reach it. */
export interface AuditReceiver {
  /** Its public address, without a slash at the end. */
  readonly url: string
  /** Its CA in PEM; those of the system without it. */
  readonly ca?: string | undefined
}

/** Arguments for an API server whose files are these. Batches are sent again for some minutes; a file keeps what takes longer. */
export function auditArguments(files: { readonly policy: string; readonly webhook: string; readonly log: string }) {
  const args = {
    'audit-policy-file': files.policy,
    'audit-webhook-config-file': files.webhook,
    'audit-webhook-mode': 'batch',
    'audit-webhook-batch-max-wait': '5s',
    // Five tries, each pause half as long again: about four minutes.
    'audit-webhook-initial-backoff': '30s',
    // Above this the control plane takes none.
    'audit-webhook-truncate-enabled': 'true',
    'audit-log-path': files.log,
    'audit-log-maxage': '7',
    'audit-log-maxsize': '100',
    'audit-log-maxbackup': '10',
  }
  return Object.entries(args).map(([name, value]) => ({ name, value }))
}

/** The kubeconfig for `--audit-webhook-config-file`. `cluster` is how the events name where they are from. */
export function auditWebhookConfig({ url, ca }: AuditReceiver, cluster: string, tokenFile: string): object {
  const authority = ca === undefined ? {} : { 'certificate-authority-data': btoa(ca) }
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'kaas', cluster: { server: `${url}/v1/kubernetes/${cluster}/audit`, ...authority } }],
    users: [{ name: 'api-server', user: { tokenFile } }],
    contexts: [{ name: 'kaas', context: { cluster: 'kaas', user: 'api-server' } }],
    'current-context': 'kaas',
  }
}
