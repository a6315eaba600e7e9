const OURS = 'urn:stegvis:bpmn:1';

/** The diagram with its names in English, where the designer gave any. In Swedish it stays as it is. */
export function inLanguage(xml: string, language: 'sv' | 'en'): string {
  if (language === 'sv') return xml;
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  for (const element of document.getElementsByTagName('*')) {
    const name = element.getAttributeNS(OURS, 'nameEn');
    if (name) element.setAttribute('name', name);
  }
  return new XMLSerializer().serializeToString(document);
}
