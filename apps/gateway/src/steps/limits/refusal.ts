// SPDX-License-Identifier: Apache-2.0
/** One thing that was taken out of a request, as its response must tell it. */

/** With the fields that identify the thing in a response of its API: a name, or a resource type and name. */
export interface Refusal {
  readonly name?: unknown
  readonly resourceType?: unknown
  readonly resourceName?: unknown
  readonly errorCode: number
  readonly errorMessage: string
}
