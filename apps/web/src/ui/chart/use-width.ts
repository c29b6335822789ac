import { type RefObject, useEffect, useRef, useState } from 'react';

const WIDTH_FIRST = 640;

/** The width that a picture has on the page, and at least what it needs. */
export function useWidth(min: number): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(WIDTH_FIRST);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      // Hidden while a part of the page is still fetched, it has none.
      if (element.clientWidth > 0) setWidth(Math.max(min, element.clientWidth));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [min]);
  return [box, width];
}
