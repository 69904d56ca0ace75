// SPDX-License-Identifier: Apache-2.0
/** What a version of Kubernetes can. */

/** 36 of `v1.36.3`. */
export function minorOf(kubernetesVersion: string): number {
  return Number(kubernetesVersion.split('.')[1])
}
