import { useEffect, useRef } from 'react';
import { useProductName } from '@/shared/installation';
import { focusNewHeading } from './newPage';

interface Props {
  children: string;
  /** What stands in the browser's tab when it should say more than the heading. */
  inTab?: string;
}

/** The page's one heading. It names the tab, and takes the focus when the page was reached by a link. */
export function PageTitle({ children, inTab }: Props) {
  const product = useProductName();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${inTab ?? children} – ${product}`;
  }, [children, inTab, product]);
  useEffect(() => {
    focusNewHeading(heading.current);
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
