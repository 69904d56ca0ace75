// SPDX-License-Identifier: Apache-2.0
/** What one begins a policy with, and what rules can be written with. Pure. */

/** What a rule can name and call, for the help beside the editor. */
export const RULE_WORDS: readonly { readonly word: string; readonly says: string }[] = [
  { word: 'document', says: 'What somebody wants to store: document.metadata.name, document.spec.partitions' },
  { word: 'before', says: 'The same as it is stored; null for a new one' },
  { word: 'tenant', says: 'The tenant it is in, or the tenant itself: tenant.spec.workload.retention' },
  { word: 'team', says: 'Name of the team that owns the tenant' },
  { word: 'environment', says: 'development, staging or production' },
  { word: 'has(document.spec.description)', says: 'Whether a field is there; ask before using one that may be absent' },
  { word: "document.metadata.labels.?owner.orValue('')", says: 'A field, or something else where it is absent' },
  { word: "inMs('7d')", says: 'Milliseconds of a duration' },
  { word: "inBytes('5MB/s')", says: 'Bytes of a size or of a rate' },
  { word: "document.metadata.name.matches('^[a-z]+$')", says: 'A regular expression' },
  { word: 'document.spec.users.all(u, u > 0)', says: 'All of a list; exists, filter and map go alike' },
]

/** Policies to begin with. */
export const POLICY_EXAMPLES: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'At most 48 partitions in development',
    text: policy('few-partitions', 'Topic', 'development', [
      'document.spec.partitions <= 48',
      'A topic in development has at most 48 partitions.',
      'spec.partitions',
    ]),
  },
  {
    name: 'Production stays protected',
    text: policy('protected-production', 'Tenant', 'production', [
      'document.spec.?deletionProtection.orValue(true)',
      'Tenants in production keep their deletion protection.',
      'spec.deletionProtection',
    ]),
  },
  {
    name: 'Names by a pattern',
    text: policy('topic-names', 'Topic', undefined, [
      "document.metadata.name.matches('^[a-z]+([.-][a-z0-9]+)*$')",
      'Name topics in small letters, parts joined by dots or dashes.',
      'metadata.name',
    ]),
  },
  {
    name: 'Retention has bounds',
    text: policy('retention-bounds', 'Tenant', undefined, [
      "inMs(document.spec.workload.retention) <= inMs('30d')",
      'Data is kept for at most 30 days. Ask the platform team for more.',
      'spec.workload.retention',
    ]),
  },
]

function policy(
  name: string,
  kind: string,
  environment: string | undefined,
  [allowWhen, message, field]: readonly [string, string, string],
): string {
  return `apiVersion: kaas.dev/v1
kind: Policy
metadata:
  name: ${name}
spec:
  description: ""
  scope: platform
  appliesTo:
    kinds: [${kind}]
${environment === undefined ? '' : `    environments: [${environment}]\n`}  severity: refuse
  rules:
    - allowWhen: ${allowWhen}
      message: ${message}
      field: ${field}
`
}
