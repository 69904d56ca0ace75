// SPDX-License-Identifier: Apache-2.0
/** What each group of fields of the order is given. */
import type { FormProblems, OrderValues } from './order-form.ts'

export interface FieldsProps {
  readonly form: OrderValues
  readonly problems: FormProblems['fields']
  readonly onChange: (change: Partial<OrderValues>) => void
}
