// SPDX-License-Identifier: Apache-2.0
/** Files of API servers that kubeadm starts, and the arguments that name them: how people sign in. */
import { stringify } from 'yaml'
import { authenticationConfigurationFor } from '../sign-in/authentication-configuration.ts'
import type { ClassPlatform } from './provider.ts'

/** On the machine and in the pod of the API server alike. */
const FOLDER = '/etc/kubernetes/kaas'

/** Parts of a KubeadmConfigSpec; all empty when the platform wants none of it. */
export interface ApiServerFiles {
  readonly args: readonly { readonly name: string; readonly value: string }[]
  readonly volumes: readonly object[]
  readonly files: readonly object[]
}

/** What the platform asks for. */
export function apiServerFilesFor(
  { kubernetesVersion }: { readonly kubernetesVersion: string },
  { people }: ClassPlatform,
): ApiServerFiles {
  if (people === undefined) return { args: [], volumes: [], files: [] }
  const path = `${FOLDER}/authentication.yaml`
  const content = stringify(authenticationConfigurationFor(people, kubernetesVersion), { lineWidth: 0 })
  return {
    args: [{ name: 'authentication-config', value: path }],
    volumes: [{ name: 'kaas', hostPath: FOLDER, mountPath: FOLDER, readOnly: true, pathType: 'Directory' }],
    files: [{ path, owner: 'root:root', permissions: '0600', content }],
  }
}
