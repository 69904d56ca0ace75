// SPDX-License-Identifier: Apache-2.0
/** `kaas connect`: a client's configuration, complete and ready to paste. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Connection, FORMATS, type FormatName, NEEDS_FILES } from '@kaas/client-configuration'
import { KaasError } from '@kaas/errors'
import { describeKind, type ResourceAnswer } from '@kaas/http-contract'
import { certificateFilesOf, saveCertificates } from '../saved-certificates.ts'
import { loadCredentials, writePrivately } from '../saved-credentials.ts'
import type { Session } from '../session.ts'

/** Options of `connect`. */
export interface ConnectOptions {
  readonly user: string
  readonly format: FormatName
  readonly topic?: string
  readonly group: string
  readonly bootstrap?: string
  readonly caFile?: string
  readonly out?: string
}

/** Prints the configuration, or writes it to a file that only its owner can read. */
export async function connectCommand(session: Session, tenant: string, options: ConnectOptions): Promise<void> {
  const connection = await connectionFor(session, tenant, options)
  const text = FORMATS[options.format](connection)
  if (options.out === undefined) session.terminal.out(text)
  else writeOut(session, options.out, text)
  if (connection.login.kind === 'scram' && connection.login.password === undefined) {
    session.terminal.err(
      `The password of ${connection.username} is not kept on this machine: paste it yourself, or get a new one with "kaas rotate ${options.user} --tenant ${tenant}".\n`,
    )
  }
}

function writeOut({ terminal }: Session, file: string, text: string): void {
  try {
    writePrivately(resolve(file), text)
  } catch (error) {
    throw new KaasError('usage-invalid', {
      message: `${file} cannot be written: ${error instanceof Error ? error.message : error}.`,
      help: 'Name another file with --out, or leave it out to print the text.',
      cause: error,
    })
  }
  terminal.err(`${file} is written (only you can read it).\n`)
}

async function connectionFor(session: Session, tenant: string, options: ConnectOptions): Promise<Connection> {
  const { client } = session
  const [place, user, topics] = await Promise.all([
    client.get({ kind: describeKind('Tenant'), name: tenant }),
    client.get({ kind: describeKind('User'), name: options.user, tenant }),
    options.topic === undefined ? client.list(describeKind('Topic'), { tenant, limit: 1 }) : undefined,
  ])
  const example = { topic: options.topic ?? topics?.items[0]?.metadata.name ?? 'my-topic', group: options.group }
  const gateway = place.spec.isolation === undefined || place.spec.isolation === 'virtual'
  const found = gateway ? throughGateway(session, place, user, options) : await toOwnKafka(session, tenant, options)
  return { tenant, username: `${tenant}.${options.user}`, gateway, ...found, ...example }
}

type Place = Pick<Connection, 'login' | 'bootstrap' | 'caFile' | 'caPem'>

function throughGateway({ home }: Session, tenant: ResourceAnswer, user: ResourceAnswer, options: ConnectOptions): Place {
  const username = `${tenant.metadata.name}.${user.metadata.name}`
  refuseForeignProof(username, user.spec.authentication)
  const saved = loadCredentials(home.directory, username)
  const observed = tenant.status?.observed.bootstrapServers
  const bootstrap = options.bootstrap ?? (typeof observed === 'string' ? observed : home.kafka)
  if (bootstrap === undefined) throw noBootstrap()
  const caFile = options.caFile === undefined ? home.caFile : resolve(options.caFile)
  const mechanism = user.spec.authentication === 'scram-sha-256' ? 'SCRAM-SHA-256' : 'SCRAM-SHA-512'
  return {
    login: { kind: 'scram', mechanism: saved?.mechanism ?? mechanism, password: saved?.password },
    bootstrap,
    caFile,
    caPem: caFile === undefined ? undefined : loadCa(caFile),
  }
}

/** On a shared cluster such users bring a proof that the platform has never seen. */
function refuseForeignProof(username: string, authentication: unknown): void {
  if (authentication !== 'tls' && authentication !== 'oauth') return
  const proof = authentication === 'tls' ? 'a certificate of yours' : 'a token of your identity provider'
  throw new KaasError('not-supported', {
    message: `${username} logs in by ${proof}, which is not kept here.`,
    help: `Set the client up as docs/guides/gateway-in-production.md says, or make a user with a password: kaas create user NAME --tenant ${username.split('.')[0]} --authentication scram-sha-512.`,
  })
}

/** The platform reads endpoint, CA and log-in from the cluster. Files are written for formats that cannot do without. */
async function toOwnKafka({ client, home }: Session, tenant: string, options: ConnectOptions): Promise<Place> {
  const { bootstrap, login, caPem } = await client.connection(tenant, options.user)
  const username = `${tenant}.${options.user}`
  const files = certificateFilesOf(home.directory, username)
  const given = options.caFile === undefined ? undefined : resolve(options.caFile)
  const ca = given === undefined ? caPem : loadCa(given)
  const asFiles = NEEDS_FILES.includes(options.format)
  if (asFiles) {
    const own = login.kind === 'tls' ? { certificatePem: login.certificatePem, keyPem: login.keyPem } : {}
    saveCertificates(home.directory, username, { ...own, caPem: given === undefined ? ca : undefined })
  }
  return {
    login:
      login.kind === 'tls'
        ? { ...login, certificateFile: files.certificate, keyFile: files.key }
        : { ...login, password: login.password ?? loadCredentials(home.directory, username)?.password },
    bootstrap: options.bootstrap ?? bootstrap,
    caFile: given ?? (asFiles && ca !== undefined ? files.ca : undefined),
    caPem: ca,
  }
}

function noBootstrap(): KaasError {
  return new KaasError('config-invalid', {
    message: 'The address of the gateway is not known here.',
    help: 'Give it with --bootstrap host:port, or run the command below the folder where "npm start" runs.',
  })
}

function loadCa(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new KaasError('config-invalid', {
      message: `The CA file ${file} cannot be read.`,
      help: 'Name another one with --ca-file.',
      cause: error,
    })
  }
}
