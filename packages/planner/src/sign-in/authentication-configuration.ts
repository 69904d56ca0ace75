// SPDX-License-Identifier: Apache-2.0
/** The file for `--authentication-config` of an API server: which identity provider it trusts, and what its people are called. */
import { minorOf } from './kubernetes-minor.ts'
import type { PeopleSettings } from './people-settings.ts'

/** The first minor version with the configuration as v1; versions before know it as v1beta1 only. */
const STABLE = 34

/** The object. `kubernetesVersion` is one such as `v1.36.3`. */
export function authenticationConfigurationFor(people: PeopleSettings, kubernetesVersion: string): object {
  const { issuer: url, clientId, ca, usernameClaim, groupsClaim, prefix } = people
  return {
    apiVersion: `apiserver.config.k8s.io/${minorOf(kubernetesVersion) >= STABLE ? 'v1' : 'v1beta1'}`,
    kind: 'AuthenticationConfiguration',
    jwt: [
      {
        issuer: { url, audiences: [clientId], ...(ca === undefined ? {} : { certificateAuthority: ca }) },
        claimMappings: {
          username: { claim: usernameClaim, prefix },
          groups: { claim: groupsClaim, prefix },
        },
      },
    ],
  }
}
