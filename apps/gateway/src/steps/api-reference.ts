// SPDX-License-Identifier: Apache-2.0
/** Prints the reference page of Kafka APIs, `docs/reference/kafka-apis.md`, from the table of claims. A test keeps the two equal. */
import { CLAIMS, type Claim, type Decision } from './api-claims.ts'

const MEANINGS: Readonly<Record<Decision, string>> = {
  map: 'goes to the broker, with names and addresses changed on the way',
  answer: 'answered by the gateway, where needed with its own identity at the cluster',
  refuse: 'not advertised; a client that sends it nevertheless is disconnected',
}

const INTRODUCTION = `# Kafka APIs at the gateway

What a Kafka client may send through the gateway, for every API of Kafka 4.3. A client never needs this page: it asks with
ApiVersions and gets what is listed here, as far as the brokers behind the gateway speak it too. Brokers are Kafka 4.3, which all
tests run, down to 3.6, the oldest that is supported and tested (decision 0033).

A tenant sees names without its prefix. On the cluster the topic \`payments\` of the tenant \`orders\` is called \`orders.payments\`;
groups, transactional ids and users likewise. Every name is renamed, so a name of another tenant cannot even be said. The broker
connection is logged in as the tenant's own user, whose rights end at its prefix: topic ids of others are refused by Kafka itself.

Good to know:

- Topics are never created by merely asking for them. Create them with the CLI, the API, or a client's CreateTopics.
- CreateTopics and CreatePartitions beyond the partition limit of the tenant, and a \`retention.ms\` above its retention (or \`-1\`), get
  POLICY_VIOLATION (44) with the limit in the message. Other topics of the same request are made.
- A topic made without \`retention.ms\` gets the tenant's retention, but only if the default of the brokers is longer.
  Removing \`retention.ms\` from a topic sets it to the tenant's retention under the same condition.
- ACLs can be read and changed by users whose role is \`admin\`. The resource \`*\` means all of the tenant's, principals are
  \`User:<name>\` of the tenant. \`User:*\`, the cluster and delegation tokens are refused.
- The same users see quotas and SCRAM mechanisms of the tenant's users, sizes of its partitions on disk, and moves of its partitions: with
  Kafka's own tools (\`kafka-configs\`, \`kafka-log-dirs\`, \`kafka-reassign-partitions --list\`). Users are written \`app\` or \`orders.app\`. Quotas are
  Kafka's, in bytes per second and broker. Disks are called \`disk-1\`, \`disk-2\`; how large and how full they are is not told.
- Quotas and passwords are not changed through Kafka: each entry is refused with POLICY_VIOLATION (44) and the command that does it.
- Clients that push their metrics (KIP-714, Java and librdkafka do by default) push to the gateway: how often they open connections, every five
  minutes. It counts pushes, bytes and clients by tenant and keeps nothing else.
- Kafka Streams may use a group of its own kind (\`group.protocol=streams\`). What it reads must be there before it starts; the topics
  that the broker makes for it count as the largest topic that it reads, and keep data no longer than the tenant.
- API keys that Kafka does not have, such as those of vendors from 10,000 on, are refused.
`

/** The whole page in Markdown. */
export function renderApiReference(): string {
  const meanings = Object.entries(MEANINGS).map(([decision, meaning]) => `- **${decision}**: ${meaning}`)
  const rows = Object.entries(CLAIMS).map(([key, claim]) => rowOf(key, claim))
  const header = ['| key | API | versions | decision | reason |', '| --: | --- | --- | --- | --- |']
  return [INTRODUCTION, 'Decisions:', '', ...meanings, '', ...header, ...rows, ''].join('\n')
}

function rowOf(key: string, claim: Claim): string {
  const versions = claim.decision === 'refuse' ? '–' : claim.min === claim.max ? `${claim.min}` : `${claim.min}–${claim.max}`
  return `| ${key} | ${claim.name} | ${versions} | ${claim.decision} | ${claim.reason} |`
}
