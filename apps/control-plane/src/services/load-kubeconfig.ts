// SPDX-License-Identifier: Apache-2.0
/** What kubectl needs to reach a tenant in Kubernetes, for people who sign in with the company's identity provider. No secret is in it. */
import { KaasError } from '@kaas/errors'
import type { KubeconfigAnswer } from '@kaas/http-contract'
import { type ApiServerPlace, kubeconfigFor, type PlatformProfile } from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { platformOf } from '../code/platform-of.ts'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import { isDedicated } from '../tenants/is-dedicated.ts'
import { absentError } from './resource-paths.ts'
import { notConfigured, notWatched } from './rules/check-dedicated.ts'
import type { ServiceParts } from './service-parts.ts'

/**
 * Throws `resource-absent` for an unknown tenant and while its cluster is not there yet, `not-supported` for a virtual one,
 * `not-configured` where people do not sign in to Kubernetes, and what Git and the management cluster throw.
 */
export async function loadKubeconfig(parts: ServiceParts, name: string): Promise<KubeconfigAnswer> {
  const key = { kind: 'Tenant', name } as const
  const tenant = await parts.store.loadResource(key)
  if (tenant === undefined || tenant.deletionRequestedAt !== undefined) throw absentError(key)
  if (!isDedicated(tenant)) {
    throw new KaasError('not-supported', {
      message: `Tenant ${name} lives in a Kafka that is shared, and has nothing of its own in Kubernetes.`,
      help: 'See its topics with "kaas get topics", or in the console.',
    })
  }
  const code = parts.code ?? notConfigured()
  const platform = await platformOf(code.repository)
  const people = peopleOf(platform)
  const place = await placeOf(code, tenant, people)
  return { kubeconfig: kubeconfigFor(people, place, { name, namespace: `kaas-${name}` }) }
}

type People = NonNullable<PlatformProfile['people']>

function peopleOf({ people }: PlatformProfile): People {
  if (people !== undefined) return people
  throw new KaasError('not-configured', {
    message: 'People do not sign in to Kubernetes here: platform.yaml of the repository of tenants has no section "people".',
    help: 'Name the identity provider there: docs/guides/install-on-kubernetes.md, People in Kubernetes.',
  })
}

async function placeOf(code: TenantsAsCode, tenant: StoredResource<'Tenant'>, people: People): Promise<ApiServerPlace> {
  if (tenant.spec.isolation === 'cluster') {
    const place = await (code.clusters ?? notWatched()).apiServerOf(tenant.name)
    if (place !== undefined) return place
    throw new KaasError('resource-absent', {
      message: `The Kubernetes cluster of tenant ${tenant.name} has no kubeconfig yet.`,
      help: `Wait for it: kaas wait tenant/${tenant.name} --for Ready.`,
    })
  }
  // What the control plane itself uses is often an address that only pods can reach.
  if (people.server !== undefined) return { server: people.server, ca: people.serverCa }
  throw new KaasError('not-configured', {
    message: 'platform.yaml does not say how people reach the API server of the management cluster.',
    help: 'Write its address to people.server, and its CA to people.serverCa unless it is a public one.',
    fields: [{ path: 'people.server', message: 'Is missing.' }],
  })
}
