import { currentLanguage } from '@/shared/i18n';
import { DIAGRAM, type WholeDraft } from '../drafts';

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const OURS = 'urn:stegvis:bpmn:1';

/** What the process of a draft is called, in the reader's language; its key where its diagram does not say. */
export function nameOf({ draft, files }: WholeDraft): string {
  const diagram = new DOMParser().parseFromString(files[DIAGRAM] ?? '', 'application/xml');
  const processes = [...diagram.getElementsByTagNameNS(BPMN, 'process')];
  const own = processes.find((one) => one.id === draft.key) ?? processes[0];
  return inLanguage(own?.getAttribute('name'), own?.getAttributeNS(OURS, 'nameEn'), draft.key);
}

/** A name in the reader's language, or in Swedish, or else the key. */
export function inLanguage(name: string | null | undefined, nameEn: string | null | undefined, key: string): string {
  return (currentLanguage() === 'en' && nameEn?.trim()) || name?.trim() || key;
}
