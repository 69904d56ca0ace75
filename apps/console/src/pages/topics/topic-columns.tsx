// SPDX-License-Identifier: Apache-2.0
/** The columns of the list of topics. */
import type { KafkaTopicAnswer, SharedBy } from '@kaas/http-contract'
import { Badge } from '@mantine/core'
import { counted } from '../../format/numbers.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { RowLink } from '../../parts/data-table/row-link.tsx'
import { Quantity } from '../../parts/quantity.tsx'
import { ACCESS_WORDS } from '../../parts/share-words.ts'
import { StatusMark } from '../../parts/status-mark.tsx'
import { topicPath } from './topic-path.ts'

/** Of the topics of that tenant. */
export function topicColumns(tenant: string): readonly Column<KafkaTopicAnswer>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sort: 'name',
      width: 'minmax(220px, 3fr)',
      text: ({ name }) => name,
      cell: ({ name }) => <RowLink to={topicPath(tenant, name)}>{name}</RowLink>,
    },
    {
      id: 'health',
      header: 'Replicas',
      width: '150px',
      text: ({ underReplicated }) => (underReplicated === 0 ? 'in sync' : `${underReplicated} behind`),
      cell: (topic) => <Replicas topic={topic} />,
    },
    {
      id: 'documented',
      header: 'Comes from',
      width: '170px',
      text: ({ documented, sharedBy }) => sharedBy?.tenant ?? (documented ? 'document' : 'Kafka client'),
      cell: ({ documented, sharedBy }) =>
        sharedBy === undefined ? <MadeBy documented={documented} /> : <SharedMark sharedBy={sharedBy} />,
    },
    numberColumn('partitions', 'Partitions', '100px', ({ partitions }) => partitions, 'count'),
    numberColumn('replicationFactor', 'Copies', '80px', ({ replicationFactor }) => replicationFactor, 'count', true),
    numberColumn('records', 'Records', '110px', ({ records }) => records, 'count'),
    numberColumn('bytes', 'Size', '100px', ({ bytes }) => bytes, 'bytes'),
    numberColumn('bytesInPerS', 'Written', '110px', ({ bytesInPerS }) => bytesInPerS, 'bytesPerSecond'),
  ]
}

function numberColumn(
  id: keyof KafkaTopicAnswer & string,
  header: string,
  width: string,
  value: (topic: KafkaTopicAnswer) => number | undefined,
  unit: 'count' | 'bytes' | 'bytesPerSecond',
  hidden = false,
): Column<KafkaTopicAnswer> {
  return {
    id,
    header,
    width,
    hidden,
    sort: id,
    align: 'end',
    text: (topic) => String(value(topic) ?? ''),
    cell: (topic) => <Quantity value={value(topic)} unit={unit} />,
  }
}

function Replicas({ topic: { underReplicated } }: { readonly topic: KafkaTopicAnswer }) {
  return underReplicated === 0 ? (
    <StatusMark standing="good" word="In sync" />
  ) : (
    <StatusMark
      standing="bad"
      word={`${underReplicated} behind`}
      detail={`${counted(underReplicated, 'partition')} with fewer copies in sync than there should be.`}
    />
  )
}

/** Whether a document of the platform describes a topic. */
export function MadeBy({ documented }: { readonly documented: boolean }) {
  if (documented) return <span>Document</span>
  const why = 'No document describes it: a Kafka client made it. Its settings are those that the client gave.'
  return (
    <Badge variant="default" tt="none" fw={500} size="sm" title={why}>
      Kafka client
    </Badge>
  )
}

/** Whose a topic is that another tenant shares, and what may be done with it here. */
export function SharedMark({ sharedBy: { tenant, topic, access } }: { readonly sharedBy: SharedBy }) {
  const detail = `The topic "${topic}" of the tenant "${tenant}". Users here may ${ACCESS_WORDS[access]} it, each within her own roles.`
  return (
    <Badge variant="light" tt="none" fw={500} size="sm" title={detail}>
      {tenant} · {ACCESS_WORDS[access]}
    </Badge>
  )
}
