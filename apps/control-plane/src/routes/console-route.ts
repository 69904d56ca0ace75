// SPDX-License-Identifier: Apache-2.0
/**
 * The console to browsers: its files, and its first page for every other path that is not the API's, because the pages are told apart
 * in the browser. Anyone may have the files; what they show they ask the API for.
 */
import { KaasError } from '@kaas/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ConsoleFile, type ConsoleFiles, FIRST_PAGE, loadConsoleFiles } from '../console/console-files.ts'

/** A part of a path that is not the beginning of the API's. Health, metrics and the description are routes of their own. */
const NOT_API = '/:first(^(?!v1$).+$)'

const YEAR_S = 365 * 86_400

/**
 * Scripts come from here only and none stands in a page. Styles may stand in elements: the components compute some. Nothing may
 * frame the console, and forms and connections stay here.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Adds the routes. The folder may be filled later: it is looked into until a build is there. */
export function addConsoleRoute(server: FastifyInstance, folder: string): void {
  let files: ConsoleFiles | undefined
  const config = { access: 'anyone' } as const
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    files ??= loadConsoleFiles(folder)
    return send(fileFor(files, pathOf(request)), request, reply)
  }
  for (const url of ['/', NOT_API, `${NOT_API}/*`]) server.get(url, { config }, answer)
}

/** Said on every answer: browsers guess no types, show no answer in a frame, tell nobody where they came from. */
export function addSecurityHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', async (_, reply) => {
    reply.headers({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    })
  })
}

function fileFor(files: ConsoleFiles | undefined, path: string): ConsoleFile {
  if (files === undefined) {
    throw new KaasError('api-unavailable', {
      message: 'The console is not built yet.',
      help: 'Try again in some seconds. If it stays so, look whether KAAS_CONSOLE_DIR is a built console.',
    })
  }
  const isPage = !path.startsWith('/assets/') && !/^\/[^/]+\.\w+$/.test(path)
  const file = files.get(path) ?? (isPage ? files.get(FIRST_PAGE) : undefined)
  if (file !== undefined) return file
  throw new KaasError('route-absent', {
    message: 'The console has no such file.',
    help: 'Load the page again: a newer version has files of other names.',
  })
}

function send(file: ConsoleFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers({
    'cache-control': file.isHashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
    ...(file.type.startsWith('text/html') && { 'content-security-policy': PAGE_POLICY }),
  })
  if (request.headers['if-none-match']?.includes(file.etag) === true) return reply.code(304).send()
  const encoding = encodingFor(file, request.headers['accept-encoding'])
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.type(file.type).send(file.bodies[encoding])
}

/** The smallest that the browser takes. */
function encodingFor({ bodies }: ConsoleFile, accepted = ''): 'identity' | 'br' | 'gzip' {
  const taken = accepted.split(',').map((part) => part.trim().replace(/;q=(?!0(\.0*)?$).*$/, ''))
  return (['br', 'gzip'] as const).find((name) => taken.includes(name) && bodies[name] !== undefined) ?? 'identity'
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? ''
}
