// SPDX-License-Identifier: Apache-2.0
/**
 * Records of a topic as people see them: what is asked of a browse, what comes back event by event, one whole record, and
 * what is produced. Contents are text that was made from bytes; numbers in JSON are never parsed on the way, so big ones stay exact.
 */
import { z } from 'zod'
import { problemSchema } from '../problem.ts'

/** How bytes can be read. `auto` chooses and says why; `avro` and `protobuf` need a schema in the request. */
export const CONTENT_FORMATS = [
  'auto',
  'json',
  'text',
  'avro',
  'protobuf',
  'int32',
  'int64',
  'float32',
  'float64',
  'uuid',
  'base64',
  'hex',
] as const
/** One of them. */
export type ContentFormat = (typeof CONTENT_FORMATS)[number]

/** The most messages that one browse shows; an export may have more. */
export const MOST_SHOWN = 1000
/** The most messages of one export. */
export const MOST_EXPORTED = 1_000_000
/** The longest filter, in characters. */
export const LONGEST_FILTER = 4000

const format = z.enum(CONTENT_FORMATS).default('auto')
const schemaText = z.string().max(200_000).optional()
const time = z.iso.datetime({ offset: true }).optional()
const offset = z.coerce.number().int().min(0).optional()

/** How keys and values are read. */
export const readingQuery = {
  keyFormat: format,
  valueFormat: format,
  keySchema: schemaText.describe('For avro the schema as JSON, for protobuf the text of a .proto file'),
  keyType: z
    .string()
    .max(300)
    .optional()
    .describe('For protobuf: the message type, as in shop.Order; the first one when absent'),
  valueSchema: schemaText.describe('Like keySchema. Long ones do not fit an address: use POST'),
  valueType: z.string().max(300).optional(),
}

const browseShape = {
  from: z
    .enum(['latest', 'earliest', 'offset', 'time', 'tail'])
    .default('latest')
    .describe(
      'The older end of what is read: latest and earliest read all (newest or oldest first), tail waits for new ones',
    ),
  offset: offset.describe('With from=offset: the first offset, of every partition'),
  time: time.describe('With from=time: the first timestamp'),
  untilOffset: offset.describe('The newer end, without itself'),
  untilTime: time.describe('The newer end, without itself'),
  partitions: z
    .string()
    .regex(/^\d{1,6}(,\d{1,6})*$/, 'Write numbers joined by commas: 0,3,5.')
    .optional()
    .describe('Numbers joined by commas; all when absent'),
  order: z.enum(['newest', 'oldest']).optional().describe('newest for from=latest, otherwise oldest'),
  filter: z
    .string()
    .max(LONGEST_FILTER)
    .optional()
    .describe('CEL that is true for what is shown: value.total > 100 && headers["origin"] == "shop" && partition == 0'),
  search: z
    .string()
    .max(500)
    .optional()
    .describe('Text that must occur in the bytes of key, value or a header, case counts'),
  ...readingQuery,
  isolation: z.enum(['committed', 'uncommitted']).default('committed').describe('committed leaves aborted transactions out'),
  maxRecords: z.coerce.number().int().min(1).max(100_000_000).default(1_000_000).describe('Stop after scanning so many'),
  maxBytes: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000_000_000)
    .default(2_000_000_000)
    .describe('Stop after scanning so many'),
  maxSeconds: z.coerce
    .number()
    .int()
    .min(1)
    .max(1800)
    .optional()
    .describe('Stop after this time; default 30, tail 1800, export 600'),
  cursor: z.string().max(20_000).optional().describe('`cursor` of `done`, with everything else as it was: goes on there'),
}

/** What is browsed. The same names in a query (GET) and in a body (POST). */
export const browseQuerySchema = z.strictObject({
  ...browseShape,
  limit: z.coerce.number().int().min(1).max(MOST_SHOWN).default(100).describe('Stop after showing so many'),
  previewBytes: z.coerce
    .number()
    .int()
    .min(64)
    .max(65_536)
    .default(8192)
    .describe('Longer keys, values and headers are cut'),
})
/** Checked, with its defaults. */
export type BrowseQuery = Readonly<z.output<typeof browseQuerySchema>>
/** As a caller writes it. */
export type BrowseRequest = Readonly<z.input<typeof browseQuerySchema>>

/** What is exported: a browse without previews. */
export const exportQuerySchema = z.strictObject({
  ...browseShape,
  limit: z.coerce.number().int().min(1).max(MOST_EXPORTED).default(10_000).describe('Stop after so many'),
  format: z.enum(['jsonl', 'json', 'csv']).default('jsonl').describe('jsonl is one JSON document per line'),
})
export type ExportQuery = Readonly<z.output<typeof exportQuerySchema>>
export type ExportRequest = Readonly<z.input<typeof exportQuerySchema>>

/** Bytes as text. An absent key or value is null instead. */
export const contentSchema = z
  .object({
    format: z.enum(CONTENT_FORMATS).describe('How it was read in the end; never auto'),
    reason: z.string().describe('Why so: "valid UTF-8 that parses as JSON"'),
    text: z.string().describe('JSON as it was written, text, a number, a UUID, hex or base64'),
    bytes: z.number().int().describe('Size of the whole'),
    truncated: z.boolean().describe('text is only the beginning; the whole is at /messages/{partition}/{offset}'),
    problem: z.string().optional().describe('Why the format that was asked for could not be used'),
  })
  .meta({ id: 'MessageContent' })
export type MessageContent = Readonly<z.infer<typeof contentSchema>>

const headerSchema = z.object({ name: z.string(), value: contentSchema.nullable() })

const place = {
  partition: z.number().int(),
  offset: z.number().int(),
  timestamp: z.string().describe('ISO 8601, UTC; empty when the record has none'),
  timestampMs: z.number().int().describe('-1 when the record has none'),
  timestampType: z.enum(['create', 'append']).describe('Set by the producer, or by the broker'),
}

/** One record. */
export const messageSchema = z
  .object({
    ...place,
    key: contentSchema.nullable(),
    value: contentSchema.nullable(),
    headers: z.array(headerSchema),
    bytes: z.number().int().describe('Key, value and headers together'),
    compression: z.enum(['none', 'gzip', 'snappy', 'lz4', 'zstd']),
    transactional: z.boolean(),
  })
  .meta({ id: 'Message' })
export type Message = Readonly<z.infer<typeof messageSchema>>

const counts = {
  scanned: z.number().int(),
  scannedBytes: z.number().int().describe('Of keys, values and headers, uncompressed'),
  shown: z.number().int(),
  elapsedMs: z.number().int(),
  perSecond: z.number().int().describe('Records scanned'),
  filterErrors: z.number().int().describe('Records whose filter could not be evaluated; they are not shown'),
  firstFilterError: z.string().optional(),
}

/** What a browse says. Each is also the name of its server-sent event. `done` or `problem` is the last one. */
export const browseEventSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('started'),
      partitions: z.array(z.object({ partition: z.number().int(), from: z.number().int(), to: z.number().int() })),
      total: z.number().int().describe('Offsets to scan at most, empty partitions left out'),
    }),
    z.object({ kind: z.literal('message'), message: messageSchema }),
    z.object({ kind: z.literal('progress'), ...counts, partitionsLeft: z.number().int(), left: z.number().int() }),
    z.object({ kind: z.literal('warning'), partition: z.number().int().optional(), message: z.string() }),
    z.object({
      kind: z.literal('done'),
      reason: z
        .enum(['limit', 'end', 'max-records', 'max-bytes', 'max-seconds', 'stopped'])
        .describe('end: everything was read; stopped: the server ends'),
      ...counts,
      cursor: z.string().optional().describe('To go on; absent when there is nothing more'),
    }),
    z.object({ kind: z.literal('problem'), problem: problemSchema }),
  ])
  .meta({ id: 'BrowseEvent' })
export type BrowseEvent = Readonly<z.infer<typeof browseEventSchema>>

const wholeContent = contentSchema.extend({ base64: z.string().describe('All bytes') })

/** One whole record. */
export const wholeMessageSchema = messageSchema
  .extend({
    key: wholeContent.nullable(),
    value: wholeContent.nullable(),
    headers: z.array(z.object({ name: z.string(), value: wholeContent.nullable() })),
  })
  .meta({ id: 'WholeMessage' })
export type WholeMessage = Readonly<z.infer<typeof wholeMessageSchema>>

/** Of one record: as JSON, or the bytes of its key or value as a download. */
export const messageQuerySchema = z.strictObject({
  ...readingQuery,
  part: z.enum(['json', 'key', 'value']).default('json').describe('key and value answer the bytes as a download'),
})
export type MessageQuery = Readonly<z.input<typeof messageQuerySchema>>

/** What is sent: `json` must be JSON and is sent as it is written, `base64` may be any bytes. */
export const payloadSchema = z.discriminatedUnion('encoding', [
  z.strictObject({ encoding: z.literal('null') }),
  z.strictObject({ encoding: z.literal('text'), data: z.string() }),
  z.strictObject({ encoding: z.literal('json'), data: z.string() }),
  z.strictObject({ encoding: z.literal('base64'), data: z.string() }),
])
export type Payload = Readonly<z.infer<typeof payloadSchema>>

const nothing = { encoding: 'null' } as const

/** Records to produce; each keeps its place in the answer. */
export const produceRequestSchema = z
  .strictObject({
    records: z
      .array(
        z.strictObject({
          partition: z.number().int().min(0).optional().describe('By the key like Kafka’s own clients when absent'),
          key: payloadSchema.default(nothing),
          value: payloadSchema.default(nothing),
          headers: z
            .array(z.strictObject({ name: z.string(), value: payloadSchema }))
            .max(1000)
            .default([]),
          timestamp: time.describe('Now when absent'),
        }),
      )
      .min(1)
      .max(1000),
    compression: z.enum(['none', 'gzip', 'snappy', 'lz4', 'zstd']).default('none'),
  })
  .meta({ id: 'ProduceRequest' })
export type ProduceRequest = Readonly<z.input<typeof produceRequestSchema>>

/** Where each record went, in the order of the request. `problem` instead of `offset` where Kafka refused. */
export const produceAnswerSchema = z.object({
  items: z.array(
    z.object({ partition: z.number().int(), offset: z.number().int().optional(), problem: z.string().optional() }),
  ),
})
export type ProduceAnswer = Readonly<z.infer<typeof produceAnswerSchema>>
