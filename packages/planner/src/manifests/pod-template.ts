// SPDX-License-Identifier: Apache-2.0
/** What all pods of a tenant have in common, as fields of Strimzi's pod templates. */
import { podSecurity } from './pod-security.ts'
import type { CheckedInput } from './tenant-input.ts'

/** Security for Pod Security `restricted`, and the platform's priority class, so that Kafka is not evicted for what can wait. */
export function podTemplate({ platform }: CheckedInput) {
  const { priorityClass } = platform
  return { ...podSecurity(), ...(priorityClass === undefined ? {} : { priorityClassName: priorityClass }) }
}
