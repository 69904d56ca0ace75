// SPDX-License-Identifier: Apache-2.0
/** Lines of text of any number, of which only those on the screen exist. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { numbered } from '../../format/numbered.ts'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import type { Span } from './display-lines.ts'
import classes from './messages.module.css'

const LINE_HEIGHT = 19

export function TextLines({ lines, label }: { readonly lines: readonly (readonly Span[])[]; readonly label: string }) {
  const scroller = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  })
  return (
    <ScrollRegion ref={scroller} className={classes.text} label={label}>
      <div className={classes.lines} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className={classes.line}
            style={{ transform: `translateY(${start}px)` }}
          >
            {numbered(lines[index] ?? []).map(({ key: place, item: { kind, text } }) => (
              <span key={place} className={classes[kind]}>
                {text}
              </span>
            ))}
          </div>
        ))}
      </div>
    </ScrollRegion>
  )
}
