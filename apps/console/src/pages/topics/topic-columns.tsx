// SPDX-License-Identifier: Apache-2.0
/** The columns of the list of topics. */
import type { KafkaTopicAnswer } from '@kaas/http-contract'
import { Anchor, Badge, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { counted } from '../../format/numbers.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { Quantity } from '../../parts/quantity.tsx'
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
      cell: ({ name }) => (
        <Anchor component={Link} to={topicPath(tenant, name)} fw={500}>
          {name}
        </Anchor>
      ),
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
      header: 'Made by',
      width: '130px',
      text: ({ documented }) => (documented ? 'document' : 'Kafka client'),
      cell: ({ documented }) => <MadeBy documented={documented} />,
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
  return (
    <Tooltip label="No document describes it: a Kafka client made it. Its settings are those that the client gave.">
      <Badge variant="default" tt="none" fw={500} size="sm">
        Kafka client
      </Badge>
    </Tooltip>
  )
}
