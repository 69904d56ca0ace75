// SPDX-License-Identifier: Apache-2.0
/** What `-o` takes. */
export const OUTPUTS = ['table', 'yaml', 'json', 'name'] as const
/** An output format. */
export type Output = (typeof OUTPUTS)[number]
