// SPDX-License-Identifier: Apache-2.0
/** How people come into Kubernetes: who is bound, what API servers are told of the identity provider, and what a kubeconfig holds. */
import { kubeconfigFor, parsePlatformProfile, renderClusterClasses, renderTenant, type TenantInput } from '@kaas/planner'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { CLUSTERS, clusterPlatform, FLAVOURS, tenantOn } from '../../test/cluster-inputs.ts'
import { inputFor, platformWith, ZONES } from '../../test/manifest-inputs.ts'
import { objectProblems } from '../../test/schemas/object-problems.ts'

const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
const people = { issuer: 'https://id.example.org/realms/main', clientId: 'kubernetes' }
const team = (externalGroups: readonly string[]) =>
  ({ apiVersion: 'kaas.dev/v1', kind: 'Team', metadata: { name: 'web', labels: {} }, spec: { externalGroups } }) as never
const hard = (platform: object) => tenantOn(clusterPlatform('kubeadm', platform), { isolation: 'cluster' })

/** `namespace: role of group`, of all that is bound in a file whose path fits. */
function boundIn(input: TenantInput, path: RegExp): readonly string[] {
  return renderTenant(input)
    .filter((each) => path.test(each.path) && each.object.kind.endsWith('Binding'))
    .flatMap(({ object }) => {
      const { metadata, roleRef, subjects } = JSON.parse(JSON.stringify(object))
      const groups: { kind: string; name: string }[] = subjects
      return groups
        .filter(({ kind }) => kind === 'Group')
        .map(({ name }) => `${metadata.namespace ?? 'everywhere'}: ${roleRef.name} of ${name}`)
    })
}

describe('people of a tenant come into Kubernetes by the groups of its team [R65]', () => {
  const soft = (platform: object, groups = ['shop-dev', 'shop-ops']) => ({ ...inputFor({ platform }), team: team(groups) })

  it('they look at the one namespace, and administrators act there, as the provider names them with the prefix', () => {
    expect(boundIn(soft({ people }), /./)).toEqual([
      'kaas-shop: view of oidc:shop-dev',
      'kaas-shop: view of oidc:shop-ops',
      'kaas-shop: admin of oidc:kaas-administrators',
    ])
    expect(boundIn(soft({ people: { ...people, prefix: 'company/' } }), /./)).toContain(
      'kaas-shop: view of company/shop-dev',
    )
  })

  it('a group that left the team is bound no more', () => {
    expect(boundIn(soft({ people }, ['shop-ops']), /./)).not.toContain('kaas-shop: view of oidc:shop-dev')
  })

  it('in a cluster of its own they look at everything but Secrets, machines as well; in that of the platform at their namespace', () => {
    const input = { ...hard({ people }), team: team(['shop-dev']) }
    const [here, inside] = [boundIn(input, /^namespaces\//), boundIn(input, /^tenants\/shop\/kafka\//)]
    expect(here.filter((each) => each.includes('shop-dev'))).toEqual(['kaas-shop: view of oidc:shop-dev'])
    expect(inside.filter((each) => each.startsWith('everywhere'))).toEqual([
      'everywhere: view of oidc:shop-dev',
      'everywhere: kaas-team-nodes of oidc:shop-dev',
    ])
    const roles = renderTenant(input).filter(({ object }) => object.kind === 'ClusterRole')
    expect(JSON.stringify(roles)).not.toMatch(/secrets|"\*"|create|update|patch|delete/)
  })

  it('a platform can leave teams out; administrators stay', () => {
    expect(boundIn(soft({ people, teamAccess: 'none' }), /./)).toEqual(['kaas-shop: admin of oidc:kaas-administrators'])
    const inside = boundIn(hard({ people, teamAccess: 'none' }), /./)
    expect(inside.filter((each) => !each.includes('kaas-administrators'))).toEqual([])
  })
})

describe('clusters of tenants trust the identity provider of the platform [R65]', () => {
  const specOf = (flavour: (typeof FLAVOURS)[number], changes: object, kind: string) => {
    const texts = [...renderClusterClasses(clusterPlatform(flavour, changes)).values()]
    const object = texts.map((text) => parse(text)).find((each) => each.kind === kind)
    expect(objectProblems(object)).toEqual([])
    return object.spec.template.spec
  }

  it('with kubeadm by a file that every API server reads', () => {
    const { kubeadmConfigSpec } = specOf('kubeadm', { people: { ...people, ca: CA } }, 'KubeadmControlPlaneTemplate')
    const { extraArgs, extraVolumes } = kubeadmConfigSpec.clusterConfiguration.apiServer
    const [file] = kubeadmConfigSpec.files
    expect(extraArgs).toContainEqual({ name: 'authentication-config', value: file.path })
    expect(file.path.startsWith(`${extraVolumes[0].mountPath}/`)).toBe(true)
    expect(parse(file.content)).toEqual({
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'AuthenticationConfiguration',
      jwt: [
        {
          issuer: { url: people.issuer, audiences: ['kubernetes'], certificateAuthority: CA },
          claimMappings: {
            username: { claim: 'preferred_username', prefix: 'oidc:' },
            groups: { claim: 'groups', prefix: 'oidc:' },
          },
        },
      ],
    })
  })

  it('with kubeadm before 1.34 by the form that those versions know', () => {
    const clusters = { ...CLUSTERS.kubeadm, kubernetesVersion: 'v1.33.4' }
    const { kubeadmConfigSpec } = specOf('kubeadm', { people, clusters }, 'KubeadmControlPlaneTemplate')
    expect(parse(kubeadmConfigSpec.files[0].content).apiVersion).toBe('apiserver.config.k8s.io/v1beta1')
  })

  it('with EKS by its own settings, which know no CA', () => {
    const spec = specOf('eks', { people }, 'AWSManagedControlPlaneTemplate')
    expect(spec.oidcIdentityProviderConfig).toEqual({
      identityProviderConfigName: 'kaas-people',
      issuerUrl: people.issuer,
      clientId: 'kubernetes',
      usernameClaim: 'preferred_username',
      usernamePrefix: 'oidc:',
      groupsClaim: 'groups',
      groupsPrefix: 'oidc:',
    })
    expect(() => renderClusterClasses(clusterPlatform('eks', { people: { ...people, ca: CA } }))).toThrow(
      /EKS cannot be told/,
    )
  })

  it('and binds the administrators there by their group with the prefix', () => {
    const release = renderTenant(hard({ people })).find(({ object }) => object.kind === 'HelmRelease')
    expect(JSON.stringify(release?.object)).toContain('"administratorsGroup":"oidc:kaas-administrators"')
  })

  it.each(FLAVOURS)('%s is told of nobody by a platform without people', (flavour) => {
    const texts = JSON.stringify([...renderClusterClasses(clusterPlatform(flavour)).values()])
    expect(texts).not.toMatch(/authentication-config|oidcIdentityProviderConfig/)
  })
})

describe('a platform that would let people be taken for somebody else is refused [R65]', () => {
  it.each([
    ['no prefix', { prefix: '' }],
    ['the prefix of Kubernetes itself', { prefix: 'system:' }],
    ['a prefix without an end, which runs into names', { prefix: 'oidc' }],
    ['a provider without TLS', { issuer: 'http://id.example.org' }],
    ['a provider with a password in its address', { issuer: 'https://a:b@id.example.org' }],
    ['a CA that is none', { ca: 'none' }],
    ['a field that there is not', { clientSecret: 'secret' }],
  ])('%s', (_, change) => {
    expect(() => platformWith(ZONES[3], { people: { ...people, ...change } })).toThrow(/people/)
  })
})

it('a kubeconfig of people has everything but a secret: kubelogin asks for the person [R65]', () => {
  const settings = platformWith(ZONES[3], { people: { ...people, ca: CA, scopes: ['groups'] } }).people
  if (settings === undefined) throw new Error('The platform has people.')
  const text = JSON.stringify(
    kubeconfigFor(settings, { server: 'https://k8s.example.org:6443', ca: CA }, { name: 'shop', namespace: 'kaas-shop' }),
  )
  const { users, clusters, contexts } = JSON.parse(text)
  expect(contexts).toEqual([{ name: 'shop', context: { cluster: 'shop', user: 'shop', namespace: 'kaas-shop' } }])
  expect(clusters[0].cluster).toEqual({ server: 'https://k8s.example.org:6443', 'certificate-authority-data': btoa(CA) })
  expect(users[0].user.exec).toMatchObject({
    apiVersion: 'client.authentication.k8s.io/v1',
    args: [
      'oidc-login',
      'get-token',
      '--oidc-issuer-url=https://id.example.org/realms/main',
      '--oidc-client-id=kubernetes',
      '--oidc-pkce-method=S256',
      '--oidc-extra-scope=groups',
      `--certificate-authority-data=${btoa(CA)}`,
    ],
    interactiveMode: 'IfAvailable',
  })
  expect(text).not.toMatch(/token":|secret|password|client-key/i)
})

it('a platform from before people could sign in stays as it was', () => {
  expect(parsePlatformProfile(platformWith(ZONES[3]))).not.toHaveProperty('people')
})
