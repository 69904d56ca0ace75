// SPDX-License-Identifier: Apache-2.0
/**
 * What API servers write down: what people change, who reads Secrets, who enters pods, and who gives rights. Never the body of a Secret or
 * of a token. What programs do in their daily work is left out: Git has what they were told. The file is `examples/kubernetes/audit-policy.yaml`.
 */

const LOOK = ['get', 'list', 'watch']
const WRITE = ['create', 'update', 'patch', 'delete', 'deletecollection']
const RBAC = { group: 'rbac.authorization.k8s.io' }
/** Parts of Kubernetes that live from reading everything. */
const SYSTEM = ['system:apiserver', 'system:kube-controller-manager', 'system:kube-scheduler', 'system:kube-proxy']

/** The object for `--audit-policy-file`. The first rule that fits decides. */
export function auditPolicy(): object {
  return {
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    // One event for a request, with how it ended.
    omitStages: ['RequestReceived'],
    omitManagedFields: true,
    rules: [
      { level: 'None', users: SYSTEM },
      { level: 'None', userGroups: ['system:nodes', 'system:serviceaccounts:kube-system'] },
      { level: 'None', nonResourceURLs: ['/healthz*', '/livez*', '/readyz*', '/version', '/openapi*', '/metrics'] },
      {
        level: 'None',
        resources: [
          { group: '', resources: ['events'] },
          { group: 'events.k8s.io', resources: ['events'] },
          { group: 'coordination.k8s.io', resources: ['leases'] },
          { group: 'authorization.k8s.io' },
          { group: 'authentication.k8s.io' },
        ],
      },
      {
        level: 'Metadata',
        verbs: [...LOOK, ...WRITE],
        resources: [{ group: '', resources: ['secrets', 'serviceaccounts/token'] }],
      },
      { level: 'Metadata', resources: [{ group: '', resources: ENTERING }] },
      { level: 'Request', verbs: [...WRITE, 'bind', 'escalate', 'impersonate'], resources: [RBAC] },
      { level: 'None', userGroups: ['system:serviceaccounts'] },
      { level: 'Metadata', verbs: WRITE },
      { level: 'None' },
    ],
  }
}

const ENTERING = [
  'pods/exec',
  'pods/attach',
  'pods/portforward',
  'pods/ephemeralcontainers',
  'pods/proxy',
  'services/proxy',
  'nodes/proxy',
]
