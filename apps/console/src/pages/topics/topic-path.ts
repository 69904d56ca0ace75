// SPDX-License-Identifier: Apache-2.0
/** Where topics are in the console. */

/** The page of one topic. */
export function topicPath(tenant: string, topic: string): string {
  return `/tenants/${encodeURIComponent(tenant)}/topics/${encodeURIComponent(topic)}`
}
