// SPDX-License-Identifier: Apache-2.0
/**
 * Every failure the product can name, as one table. A code is a promise: scripts and dashboards match on it. Its kind
 * decides the status at every edge; its title is the first half of what a user reads. `docs/reference/errors.md` has one
 * section per code, and a test keeps the two equal.
 */
import type { ErrorKind } from './kinds.ts'

interface CodeEntry {
  readonly kind: ErrorKind
  /** One sentence without a full stop, without names or values. */
  readonly title: string
}

/** The table, sorted by kind and then by code. */
export const CODES = {
  'quantity-invalid': { kind: 'invalid', title: 'The quantity cannot be read' },
  'name-invalid': { kind: 'invalid', title: 'The name cannot be used' },
  'document-invalid': { kind: 'invalid', title: 'The document does not fit its kind' },
  'config-invalid': { kind: 'invalid', title: 'The configuration has problems' },
  'kafka-settings-invalid': { kind: 'invalid', title: 'Kafka does not take these settings' },
  'usage-invalid': { kind: 'invalid', title: 'The command cannot be understood' },
  'credentials-missing': { kind: 'unauthenticated', title: 'No credentials were sent' },
  'credentials-wrong': { kind: 'unauthenticated', title: 'The credentials are wrong' },
  'sign-in-failed': { kind: 'unauthenticated', title: 'Signing in did not work' },
  'not-allowed': { kind: 'forbidden', title: 'This is not yours' },
  'origin-refused': { kind: 'forbidden', title: 'The request does not come from the console' },
  'resource-absent': { kind: 'absent', title: 'There is no such resource' },
  'route-absent': { kind: 'absent', title: 'There is no such page or route' },
  'resource-exists': { kind: 'conflict', title: 'The resource exists already' },
  'resource-changed': { kind: 'conflict', title: 'The resource changed meanwhile' },
  'prefix-taken': { kind: 'conflict', title: 'The cluster already has names with this prefix' },
  'state-locked': { kind: 'conflict', title: 'The state directory is in use' },
  'port-taken': { kind: 'conflict', title: 'The port is in use' },
  'git-changed': { kind: 'conflict', title: 'The Git repository changed meanwhile' },
  'workload-too-large': { kind: 'refused', title: 'No cluster can hold this workload' },
  'limit-exceeded': { kind: 'refused', title: 'The tenant limit does not allow this' },
  'policy-refused': { kind: 'refused', title: 'A policy does not allow this' },
  'last-administrator': { kind: 'refused', title: 'Somebody must stay administrator' },
  'deletion-protected': { kind: 'refused', title: 'Deletion protection is on' },
  'resource-in-use': { kind: 'refused', title: 'Other resources still depend on this one' },
  'field-immutable': { kind: 'refused', title: 'This field cannot be changed' },
  'provisioning-blocked': { kind: 'refused', title: 'It cannot go on without a change' },
  'state-newer': { kind: 'refused', title: 'The stored state comes from a newer version' },
  'managed-in-git': { kind: 'refused', title: 'The tenant is managed in Git' },
  'request-too-large': { kind: 'refused', title: 'The request is too large' },
  'disk-shrink': { kind: 'refused', title: 'Disks cannot shrink' },
  'version-downgrade': { kind: 'refused', title: 'Versions only go up' },
  'git-refused': { kind: 'refused', title: 'The Git server refused the change' },
  'secret-in-git': { kind: 'refused', title: 'A secret must not go into Git' },
  'kubernetes-refused': { kind: 'refused', title: 'Kubernetes refused the request' },
  'rate-exceeded': { kind: 'exhausted', title: 'Too many requests' },
  'not-supported': { kind: 'unsupported', title: 'This is not supported' },
  'not-configured': { kind: 'unsupported', title: 'This installation is not set up for that' },
  'kafka-unavailable': { kind: 'unavailable', title: 'The Kafka cluster cannot be reached' },
  'git-unavailable': { kind: 'unavailable', title: 'The Git repository cannot be reached' },
  'kubernetes-unavailable': { kind: 'unavailable', title: 'The Kubernetes cluster cannot be reached' },
  'identity-provider-unavailable': { kind: 'unavailable', title: 'The identity provider cannot be reached' },
  'database-unavailable': { kind: 'unavailable', title: 'The database cannot be reached' },
  'api-unavailable': { kind: 'unavailable', title: 'The control plane cannot be reached' },
  'component-failed': { kind: 'unavailable', title: 'A part of the product cannot start' },
  'tool-missing': { kind: 'unavailable', title: 'A program that this needs is not installed' },
  'wait-timeout': { kind: 'timeout', title: 'The condition did not come true in time' },
  'kafka-timeout': { kind: 'timeout', title: 'The Kafka cluster did not answer in time' },
  'cancelled-by-caller': { kind: 'cancelled', title: 'You cancelled this' },
  'frame-corrupt': { kind: 'corrupt', title: 'The bytes are not a valid Kafka message' },
  'stored-data-corrupt': { kind: 'corrupt', title: 'Stored data cannot be read' },
  'kafka-refused': { kind: 'bug', title: 'Kafka refused a request that should be valid' },
  'internal-bug': { kind: 'bug', title: 'Something went wrong that should not be possible' },
} as const satisfies Record<string, CodeEntry>

/** A code of the table. */
export type ErrorCode = keyof typeof CODES
