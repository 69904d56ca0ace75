// SPDX-License-Identifier: Apache-2.0
/** Files of API servers that kubeadm starts, and the arguments that name them: how people sign in, and where the audit log goes. */
import { stringify } from 'yaml'
import { authenticationConfigurationFor } from '../sign-in/authentication-configuration.ts'
import { auditPolicy } from './audit-policy.ts'
import type { AuditSettings } from './audit-settings.ts'
import { auditArguments, auditWebhookConfig } from './audit-webhook.ts'
import type { ClassPlatform } from './provider.ts'

/** On the machine and in the pod of the API server alike. */
const FOLDER = '/etc/kubernetes/kaas'
const LOGS = '/var/log/kubernetes'
const WEBHOOK = `${FOLDER}/audit-webhook.yaml`
const TOKEN = `${FOLDER}/audit-token`

/** Parts of a KubeadmConfigSpec; all empty when the platform wants none of it. */
export interface ApiServerFiles {
  readonly args: readonly { readonly name: string; readonly value: string }[]
  readonly volumes: readonly object[]
  readonly files: readonly object[]
}

/** What the platform asks for. */
export function apiServerFilesFor(
  { kubernetesVersion, audit }: { readonly kubernetesVersion: string; readonly audit?: AuditSettings | undefined },
  { people }: ClassPlatform,
): ApiServerFiles {
  const parts = [
    ...(people === undefined ? [] : [signIn(stringify(authenticationConfigurationFor(people, kubernetesVersion), PLAIN))]),
    ...(audit === undefined ? [] : [auditLog(audit)]),
  ]
  const folder = { name: 'kaas', hostPath: FOLDER, mountPath: FOLDER, readOnly: true, pathType: 'Directory' }
  return {
    args: parts.flatMap(({ args }) => args),
    volumes: parts.length === 0 ? [] : [folder, ...parts.flatMap(({ volumes }) => volumes)],
    files: parts.flatMap(({ files }) => files),
  }
}

/** The patch that gives every cluster the file with its own name; none without an audit log. */
export function apiServerPatchesFor(audit: AuditSettings | undefined): readonly object[] {
  if (audit === undefined) return []
  // Cluster API reads what it made of the template as YAML: JSON is that, with quotes around every text.
  const content = stringify(auditWebhookConfig(audit, '{{ .builtin.cluster.name }}', TOKEN), PLAIN)
  const selector = {
    apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2',
    kind: 'KubeadmControlPlaneTemplate',
    matchResources: { controlPlane: true },
  }
  const patch = {
    op: 'add',
    path: '/spec/template/spec/kubeadmConfigSpec/files/-',
    valueFrom: { template: JSON.stringify({ path: WEBHOOK, ...READABLE_BY_ROOT, content }) },
  }
  return [{ name: 'auditWebhook', definitions: [{ selector, jsonPatches: [patch] }] }]
}

const PLAIN = { lineWidth: 0 }
const READABLE_BY_ROOT = { owner: 'root:root', permissions: '0600' }

function signIn(content: string): ApiServerFiles {
  const path = `${FOLDER}/authentication.yaml`
  return {
    args: [{ name: 'authentication-config', value: path }],
    volumes: [],
    files: [{ path, ...READABLE_BY_ROOT, content }],
  }
}

function auditLog({ secret }: AuditSettings): ApiServerFiles {
  const policy = `${FOLDER}/audit-policy.yaml`
  return {
    args: auditArguments({ policy, webhook: WEBHOOK, log: `${LOGS}/audit.log` }),
    volumes: [{ name: 'audit-log', hostPath: LOGS, mountPath: LOGS, readOnly: false, pathType: 'DirectoryOrCreate' }],
    files: [
      { path: policy, ...READABLE_BY_ROOT, content: stringify(auditPolicy(), PLAIN) },
      { path: TOKEN, ...READABLE_BY_ROOT, contentFrom: { secret: { name: secret, key: 'token' } } },
    ],
  }
}
