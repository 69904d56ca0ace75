// SPDX-License-Identifier: Apache-2.0
/** Reads what the listeners are made from: variables, the file of listeners, and the certificates that they name. */
import { readFile } from 'node:fs/promises'
import { KaasError } from '@kaas/errors'
import { z } from 'zod'
import type { ClientCertificates, KeyPair } from './certificate-book.ts'
import type { ListenerSettings } from './listener.ts'

const portNumber = z.number().int().min(1).max(65_535)
const hostName = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/)
const pairFilesSchema = z.strictObject({ certificateFile: z.string().min(1), keyFile: z.string().min(1) })

/** One entry of the file. */
const listenerSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,32}$/),
  host: z.string().min(1).default('0.0.0.0'),
  port: portNumber,
  addressing: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('port'), advertisedHost: hostName, advertisedPort: portNumber.optional() }),
    z.strictObject({ kind: z.literal('sni'), domain: hostName, advertisedPort: portNumber.optional() }),
  ]),
  certificates: z.array(pairFilesSchema).default([]),
  clientCertificates: z
    .strictObject({ caFile: z.string().min(1), revokedFile: z.string().min(1).optional(), rules: z.string().min(1) })
    .optional(),
  proxyProtocol: z.boolean().default(false),
})
const listenersSchema = z
  .array(listenerSchema)
  .min(1)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'Each name once')

/** What the variables say about listeners. */
export interface ListenerSource {
  /** A JSON list of listeners; undefined for the one listener that the other variables describe. */
  readonly file: string | undefined
  readonly host: string
  readonly port: number
  readonly advertisedHost: string
  /** The pair of listeners that name none. */
  readonly certificateFile: string
  readonly keyFile: string
}

/** What was read, and the files that it came from: a change of any is a reason to read again. */
export interface ReadListeners {
  readonly listeners: readonly ListenerSettings[]
  readonly files: readonly string[]
}

/** Reads everything anew. Throws `config-invalid` that names the file and the field, never the content of a key. */
export async function readListeners(source: ListenerSource): Promise<ReadListeners> {
  const { file, host, port, advertisedHost, certificateFile, keyFile } = source
  const own = { certificateFile, keyFile }
  const described =
    file === undefined
      ? [
          {
            name: 'default',
            host,
            port,
            addressing: { kind: 'port', advertisedHost },
            certificates: [],
            clientCertificates: undefined,
            proxyProtocol: false,
          } as const,
        ]
      : await readFileOfListeners(file)
  const files = new Set<string>(file === undefined ? [] : [file])
  const listeners: ListenerSettings[] = []
  for (const each of described) {
    const pairs = each.certificates.length === 0 ? [own] : each.certificates
    for (const pair of pairs) files.add(pair.certificateFile).add(pair.keyFile)
    const clients = each.clientCertificates
    for (const each of [clients?.caFile, clients?.revokedFile]) if (each !== undefined) files.add(each)
    const clientCertificates = clients === undefined ? undefined : await readClients(clients)
    listeners.push({ ...each, certificates: await Promise.all(pairs.map(readPair)), clientCertificates })
  }
  return { listeners, files: [...files] }
}

async function readFileOfListeners(file: string): Promise<z.output<typeof listenersSchema>> {
  const text = await readText(file, 'Set KAAS_GATEWAY_LISTENERS_FILE to a file that the gateway may read.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new KaasError('config-invalid', { message: `The file ${file} is not JSON.`, help: 'Correct it.', cause })
  }
  const parsed = listenersSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  throw new KaasError('config-invalid', {
    message: `The file ${file} has problems. ${fields.map(({ path, message }) => `${path}: ${message}.`).join(' ')}`,
    help: 'docs/guides/gateway-in-production.md shows a whole file.',
    fields,
  })
}

async function readPair({ certificateFile, keyFile }: z.output<typeof pairFilesSchema>): Promise<KeyPair> {
  const help = 'Name a chain and its private key, both in PEM, that the gateway may read.'
  return { certPem: await readText(certificateFile, help), keyPem: await readText(keyFile, help) }
}

async function readClients({
  caFile,
  revokedFile,
  rules,
}: NonNullable<z.output<typeof listenerSchema>['clientCertificates']>): Promise<ClientCertificates> {
  const help = 'Name files in PEM that the gateway may read.'
  const revoked = revokedFile === undefined ? {} : { revokedPem: await readText(revokedFile, help) }
  return { caPem: await readText(caFile, help), ...revoked, rules }
}

async function readText(file: string, help: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new KaasError('config-invalid', {
      message: `The file ${file} cannot be read: ${cause instanceof Error ? cause.message : cause}.`,
      help,
      cause,
    })
  }
}
