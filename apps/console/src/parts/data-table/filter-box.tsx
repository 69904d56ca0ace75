// SPDX-License-Identifier: Apache-2.0
/** The box above a table in which its rows are searched for. `/` leads there from anywhere on the page. */
import { TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

const DELAY_MS = 200

interface FilterBoxProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** What it searches: "Name, or labels.app=shop". */
  readonly placeholder: string
}

export function FilterBox({ value, onChange, placeholder }: FilterBoxProps) {
  const box = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  useHotkeys([['/', () => box.current?.focus()]])
  useEffect(() => {
    // Changed by a link or the browser's history, not by this box.
    if (value !== told.current) setTyped(value)
    told.current = value
  }, [value])
  useEffect(() => {
    if (typed === told.current) return
    const timer = setTimeout(() => {
      told.current = typed
      onChange(typed)
    }, DELAY_MS)
    return () => clearTimeout(timer)
  }, [typed, onChange])
  return (
    <TextInput
      ref={box}
      type="search"
      size="sm"
      w={{ base: '100%', sm: 320 }}
      aria-label="Filter"
      placeholder={placeholder}
      leftSection={<Search size={15} aria-hidden />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  )
}
