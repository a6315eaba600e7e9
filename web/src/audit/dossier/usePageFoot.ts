import { useEffect } from 'react';

/** What stands at the foot of each page on paper, with the page's number: a page that comes loose still says whose it is. */
export function usePageFoot(text: string): void {
  useEffect(() => {
    if (!text) return undefined;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `@page { @bottom-left { font-size: 8pt; content: ${inQuotes(text)} } @bottom-right { font-size: 8pt; content: counter(page) " / " counter(pages) } }`,
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [text]);
}

/** A text as a string of CSS, whatever it holds. */
export function inQuotes(text: string): string {
  return `"${text.replace(/[\\"\n\r\f\0]/g, (letter) => `\\${letter.charCodeAt(0).toString(16)} `)}"`;
}
