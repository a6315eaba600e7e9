import { useEffect, useRef } from 'react';
import { CodeArea } from './CodeArea';
import styles from './SourceEditor.module.css';
import type { SourceProblem } from './SourceEditor';

interface Props {
  label: string;
  language: 'json' | 'yaml' | 'xml';
  text: string;
  problems: readonly SourceProblem[];
  onChange: (text: string) => void;
  onReady: (area: CodeArea) => void;
}

/** The editor itself, which comes in a chunk of its own. */
export default function CodeView({ label, language, text, problems, onChange, onReady }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const area = useRef<CodeArea>(undefined);
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  });
  useEffect(() => {
    if (!host.current) return undefined;
    const opened = new CodeArea(host.current, { label, language, text }, (next) => {
      change.current(next);
    });
    area.current = opened;
    onReady(opened);
    return () => {
      opened.close();
    };
    // It is opened once for each file; what changes later is told to it below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    area.current?.show(text);
  }, [text]);
  useEffect(() => {
    area.current?.name(label);
  }, [label]);
  useEffect(() => {
    area.current?.mark(problems);
  }, [problems]);
  return <div ref={host} className={styles.area} data-source />;
}
