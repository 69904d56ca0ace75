// SPDX-License-Identifier: Apache-2.0
/** A kubeconfig for people. No secret is in it: a program asks the identity provider, or the person gives a token by hand. */
import type { PeopleSettings } from './people-settings.ts'

/** Where the API server is. */
export interface ApiServerPlace {
  readonly server: string
  /** PEM; those of the system without it. */
  readonly ca?: string | undefined
}

const HINT = `kubelogin is not here. Install it, for example by "kubectl krew install oidc-login", or give a token: kubectl --token`

/** The object. `name` is what cluster, person and context are called in it; `namespace` is where kubectl looks first. */
export function kubeconfigFor(
  people: PeopleSettings,
  { server, ca }: ApiServerPlace,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): Record<string, unknown> {
  const authority = ca === undefined ? {} : { 'certificate-authority-data': base64(ca) }
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, ...authority } }],
    users: [{ name, user: { exec: execFor(people) } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    'current-context': name,
  }
}

/** kubelogin opens a browser, keeps the token until it ends, and uses PKCE: its client needs no secret. */
function execFor({ issuer, clientId, scopes, ca }: PeopleSettings): object {
  return {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: 'kubectl',
    args: [
      'oidc-login',
      'get-token',
      `--oidc-issuer-url=${issuer}`,
      `--oidc-client-id=${clientId}`,
      '--oidc-pkce-method=S256',
      ...scopes.map((scope) => `--oidc-extra-scope=${scope}`),
      ...(ca === undefined ? [] : [`--certificate-authority-data=${base64(ca)}`]),
    ],
    interactiveMode: 'IfAvailable',
    provideClusterInfo: false,
    installHint: HINT,
  }
}

function base64(text: string): string {
  return btoa(text)
}
