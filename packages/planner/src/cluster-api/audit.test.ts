// SPDX-License-Identifier: Apache-2.0
/** Where API servers of tenants' clusters send their audit log, and what they write into it. `UPDATE_EXPECTED=1` writes the shipped policy. */
import { readFileSync, writeFileSync } from 'node:fs'
import { auditPolicy, renderClusterClasses } from '@kaas/planner'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { CLUSTERS, clusterPlatform } from '../../test/cluster-inputs.ts'
import { objectProblems } from '../../test/schemas/object-problems.ts'

const SHIPPED = new URL('../../../../examples/kubernetes/audit-policy.yaml', import.meta.url)
const audit = { url: 'https://kaas.example.org' }
const kubeadm = (changes: object) => clusterPlatform('kubeadm', { clusters: { ...CLUSTERS.kubeadm, ...changes } })
const objectOf = (kind: string, platform = kubeadm({ audit })) =>
  [...renderClusterClasses(platform).values()].map((text) => parse(text)).find((each) => each.kind === kind)

describe('clusters with kubeadm send their audit log [R69]', () => {
  it('by the policy and to the control plane, with the name of the tenant and a token that is not in Git', () => {
    const plane = objectOf('KubeadmControlPlaneTemplate')
    const kind = objectOf('ClusterClass')
    expect([...objectProblems(plane), ...objectProblems(kind)]).toEqual([])
    const { files, clusterConfiguration } = plane.spec.template.spec.kubeadmConfigSpec
    const args = new Map<string, string>(
      clusterConfiguration.apiServer.extraArgs.map(({ name, value }: { name: string; value: string }) => [name, value]),
    )
    const { definitions } = kind.spec.patches.find(({ name }: { name: string }) => name === 'auditWebhook')
    const added = JSON.parse(definitions[0].jsonPatches[0].valueFrom.template.replace('{{ .builtin.cluster.name }}', 'shop'))
    const byPath = Object.fromEntries([...files, added].map((each: ClassFile) => [each.path, each]))
    expect(parse(byPath[args.get('audit-policy-file') ?? '']?.content ?? '')).toEqual(auditPolicy())
    const webhook = parse(byPath[args.get('audit-webhook-config-file') ?? '']?.content ?? '')
    expect(webhook.clusters[0].cluster.server).toBe('https://kaas.example.org/v1/kubernetes/shop/audit')
    expect(byPath[webhook.users[0].user.tokenFile]?.contentFrom).toEqual({ secret: { name: 'kaas-audit', key: 'token' } })
    const mounted = clusterConfiguration.apiServer.extraVolumes.map(({ mountPath }: { mountPath: string }) => mountPath)
    for (const path of [...Object.keys(byPath), args.get('audit-log-path') ?? '']) {
      expect(mounted).toContain(path.slice(0, path.lastIndexOf('/')))
    }
  })

  it('only when the platform says where to', () => {
    const texts = JSON.stringify([...renderClusterClasses(kubeadm({})).values()])
    expect(texts).not.toMatch(/audit-(policy|webhook|log)/)
  })

  it.each([
    ['without TLS, over which no token is sent', { url: 'http://kaas.example.org' }],
    ['with a password in the address', { url: 'https://a:b@kaas.example.org' }],
    ['with what would end the text that it stands in', { url: 'https://kaas.example.org/"x' }],
  ])('never %s', (_, change) => {
    expect(() => kubeadm({ audit: { ...audit, ...change } })).toThrow(/clusters\.audit\.url/)
  })

  it('and EKS, which cannot, says so', () => {
    const eks = () => clusterPlatform('eks', { clusters: { ...CLUSTERS.eks, audit } })
    expect(eks).toThrow(/clusters\.audit: EKS sends its audit log to CloudWatch only/)
  })
})

describe('the shipped policy', () => {
  const rules = (auditPolicy() as { rules: { level: string; resources?: { resources?: string[] }[] }[] }).rules

  it('is the file that operators give to API servers of their own', () => {
    const text = `# SPDX-License-Identifier: Apache-2.0\n# What API servers write down: docs/guides/audit.md. Printed from the code; a test compares.\n${stringify(auditPolicy(), { lineWidth: 0, aliasDuplicateObjects: false })}`
    if (process.env.UPDATE_EXPECTED === '1') writeFileSync(SHIPPED, text)
    expect(readFileSync(SHIPPED, 'utf8')).toBe(text)
  })

  it('never has the body of a Secret or a token [R69]', () => {
    const first = rules.findIndex(({ resources }) => resources?.some((each) => each.resources?.includes('secrets') === true))
    expect(rules[first]?.level).toBe('Metadata')
    const before = rules.slice(0, first).map(({ level }) => level)
    expect(new Set(before)).toEqual(new Set(['None']))
    expect(rules.filter(({ level }) => level === 'RequestResponse')).toEqual([])
  })
})

interface ClassFile {
  readonly path: string
  readonly content?: string
  readonly contentFrom?: object
}
