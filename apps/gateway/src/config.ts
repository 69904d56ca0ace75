// SPDX-License-Identifier: Apache-2.0
/** What the gateway can be told from outside. Defaults are safe: loopback only, TLS always, deny. */
import { type ConfigOf, defineConfig, httpUrl, oneOf, path, port, text } from '@kaas/configuration'
import { parseDuration } from '@kaas/domain'
import { z } from 'zod'

const count = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'it must be a whole number from 1 to 9999999')
  .transform(Number)
const countOrNone = z
  .string()
  .regex(/^\d{1,7}$/, 'it must be a whole number from 0 to 9999999')
  .transform(Number)
const processes = z
  .string()
  .regex(/^(auto|[1-9]|[1-5]\d|6[0-4])$/, 'it must be a whole number from 1 to 64, or auto')
  .transform((value) => (value === 'auto' ? value : Number(value)))
const duration = text.transform(parseDuration)

export const GATEWAY_CONFIG = defineConfig({
  KAAS_KAFKA_HOST: {
    schema: text,
    default: '127.0.0.1',
    example: '0.0.0.0',
    description: 'Address that the gateway listens on for Kafka clients.',
  },
  KAAS_KAFKA_PORT: {
    schema: port,
    default: '9092',
    example: '19092',
    description: 'Port for Kafka clients (TLS and SASL). The ports after it stand for the brokers: this + 1 + node id.',
  },
  KAAS_KAFKA_ADVERTISED_HOST: {
    schema: text,
    default: '127.0.0.1',
    example: 'kafka.example.org',
    description: 'Host name under which clients reach the gateway. It must be in the certificate.',
  },
  KAAS_GATEWAY_LISTENERS_FILE: {
    schema: path.optional(),
    example: '/etc/kaas/listeners.json',
    description:
      'JSON list of listeners, by port or by host name. With it the three variables above are not used. Changes are taken without a restart.',
  },
  KAAS_GATEWAY_CERTIFICATE_FILE: {
    schema: path,
    example: '/etc/kaas/gateway.pem',
    description: 'File with the certificate chain of the gateway in PEM. A renewed one is taken without a restart.',
  },
  KAAS_GATEWAY_KEY_FILE: {
    schema: path,
    example: '/etc/kaas/gateway-key.pem',
    description: 'File with the private key of the certificate in PEM.',
    secretFile: true,
  },
  KAAS_SNAPSHOT_URL: {
    schema: httpUrl,
    example: 'http://127.0.0.1:8080/v1/gateway/snapshot',
    description: 'Where the control plane publishes which tenant lives where.',
  },
  KAAS_SNAPSHOT_TOKEN_FILE: {
    schema: path,
    example: '/run/secrets/gateway-token',
    description: 'File with the bearer token for the snapshot and nothing else.',
    secretFile: true,
  },
  KAAS_SNAPSHOT_FILE: {
    schema: path.optional(),
    example: '/var/lib/kaas/gateway/last-good-snapshot.json',
    description: 'Where the last good snapshot is kept, to start without the control plane. Unset, none is kept.',
  },
  KAAS_SERVICE_CREDENTIALS_FILE: {
    schema: path.optional(),
    example: '/run/secrets/service-credentials.json',
    description: 'File with the gateway’s own login at each cluster. Unset, requests that need it are refused.',
    secretFile: true,
  },
  KAAS_GATEWAY_ISSUERS_FILE: {
    schema: path.optional(),
    example: '/etc/kaas/issuers.json',
    description: 'JSON list of issuers of bearer tokens. Unset, OAUTHBEARER is not offered.',
  },
  KAAS_GATEWAY_HEALTH_HOST: {
    schema: text,
    default: '127.0.0.1',
    example: '0.0.0.0',
    description: 'Address of the health and metrics pages.',
  },
  KAAS_GATEWAY_HEALTH_PORT: {
    schema: port,
    default: '9901',
    example: '19901',
    description: 'Port of the health and metrics pages.',
  },
  KAAS_GATEWAY_LOGIN_TIMEOUT: {
    schema: duration,
    default: '15s',
    example: '5s',
    description: 'How long a client may take from connecting to being logged in.',
  },
  KAAS_GATEWAY_REQUEST_TIMEOUT: {
    schema: duration,
    default: '30s',
    example: '10s',
    description: 'How long a client may take to send one request; large requests get more, by 32 KiB/s.',
  },
  KAAS_GATEWAY_WRITE_TIMEOUT: {
    schema: duration,
    default: '1m',
    example: '20s',
    description: 'How long a client may read nothing of what is sent to it.',
  },
  KAAS_GATEWAY_UNAUTHENTICATED_CONNECTIONS: {
    schema: count,
    default: '1000',
    example: '200',
    description: 'Most connections that may be open without being logged in. One client address may have half of them.',
  },
  KAAS_GATEWAY_FAILED_LOGINS: {
    schema: countOrNone,
    default: '100',
    example: '500',
    description:
      'How many log-ins of one client address (of IPv6 the /64) may fail in a minute before it is blocked for a minute. 0 blocks nobody: needed behind a balancer that does not send the PROXY protocol, as all clients then have its address.',
  },
  KAAS_GATEWAY_CHALLENGE_TIME: {
    schema: duration,
    default: '120ms',
    example: '20ms',
    description:
      'How long every SCRAM challenge takes at least, so that nobody can tell by the time who exists. It must be longer than the brokers’ connection.failed.authentication.delay.ms; where that is 0, 20ms will do.',
  },
  KAAS_GATEWAY_DRAIN: {
    schema: duration,
    default: '10s',
    example: '30s',
    description: 'How long clients may take to leave when the gateway stops.',
  },
  KAAS_GATEWAY_PROCESSES: {
    schema: processes,
    default: '1',
    example: 'auto',
    description:
      'How many processes serve the ports of this gateway together, up to 64. `auto` takes as many as there are processors to use. Each takes about 90 MB.',
  },
  KAAS_LOG_LEVEL: {
    schema: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
    default: 'info',
    example: 'debug',
    description: 'The least important lines that are logged.',
  },
})

/** The loaded configuration. */
export type GatewayConfig = ConfigOf<typeof GATEWAY_CONFIG>
