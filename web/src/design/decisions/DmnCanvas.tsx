import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import styles from './Decisions.module.css';
import { DmnEditor, light } from './dmnEditor';
import './dmn.css';

interface Props {
  xml: string;
  /** The decision whose table is shown; without one the graph of requirements. */
  decision?: string;
  matched: readonly string[];
  wrong: readonly string[];
  onChange: (xml: string) => void;
}

/** The table as it is drawn by dmn-js, to be edited; or what requires what, to be looked at. */
export default function DmnCanvas({ xml, decision, matched, wrong, onChange }: Props) {
  const { t } = useTranslation('decisions');
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<DmnEditor>(undefined);
  const shown = useRef('');
  const change = useRef(onChange);
  const [isThere, setThere] = useState(true);
  useEffect(() => {
    change.current = onChange;
  });
  useEffect(() => {
    if (!host.current) return undefined;
    const opened = new DmnEditor(host.current, currentLanguage(), (next) => {
      shown.current = next;
      change.current(next);
    });
    editor.current = opened;
    return () => {
      opened.close();
      light([], [], { matched: '', wrong: '' });
    };
  }, []);
  useEffect(() => {
    // What it has written itself it shows already.
    if (shown.current === xml) return;
    shown.current = xml;
    void editor.current?.open(xml, decision).then(
      (isOpen) => {
        setThere(isOpen);
        // The head of the column of numbers is empty: it is no heading of anything.
        host.current?.querySelector('th.index-column')?.setAttribute('role', 'cell');
      },
      () => {
        setThere(false);
      },
    );
  }, [xml, decision]);
  useEffect(() => {
    light(matched, wrong, { matched: t('matched'), wrong: t('wrong') });
  }, [matched, wrong, t]);
  return (
    <>
      {!isThere && <p>{t(decision === undefined ? 'noPicture' : 'other')}</p>}
      <div
        ref={host}
        role="group"
        aria-label={t(decision === undefined ? 'needs' : 'tableLabel')}
        className={[styles.canvas, decision === undefined ? styles.graph : ''].join(' ')}
        hidden={!isThere}
        data-foreign
        data-content
      />
    </>
  );
}
