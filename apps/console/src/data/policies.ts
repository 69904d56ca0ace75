// SPDX-License-Identifier: Apache-2.0
/** Policies beside their documents: trying one before it holds. */
import type { PolicyTrial, PolicyTrialRequest } from '@kaas/http-contract'
import { useMutation } from '@tanstack/react-query'
import { api } from './api.ts'

/** Tries a policy, stored or not, against a document and against everything that is stored. */
export function useTryPolicy() {
  return useMutation({
    mutationFn: ({ policy, document }: { readonly policy: unknown; readonly document?: unknown }): Promise<PolicyTrial> =>
      // The server checks both and says what is wrong at which field.
      api().tryPolicy({ policy, ...(document === undefined ? {} : { document }) } as PolicyTrialRequest),
  })
}
