/**
 * CodeMirror with what a source file needs. It stands in a shadow tree of its own: only there are its styles sheets that
 * the content policy lets through, instead of style elements.
 */
import { defaultKeymap, history, historyKeymap, redo, undo } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { SourceProblem } from './SourceEditor';

interface Opened {
  label: string;
  language: 'json' | 'yaml' | 'xml';
  text: string;
}

const LOOK = EditorView.theme({
  '&': { backgroundColor: 'var(--color-paper)', color: 'var(--color-ink)', fontSize: 'var(--text-small)' },
  // The frame around it shows the focus: a line in here would lie below the gutter and the line one is at.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', maxHeight: '36rem', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--color-ink)', padding: 'var(--space-2) 0' },
  '.cm-gutters': {
    backgroundColor: 'var(--color-ground)',
    color: 'var(--color-ink-soft)',
    borderRight: '1px solid var(--color-line-soft)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--color-accent-faint)' },
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: '2px solid var(--color-error)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', borderBottom: '2px dotted var(--color-warning)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--color-paper)',
    color: 'var(--color-ink)',
    border: '1px solid var(--color-line)',
  },
});
const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--color-accent)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--color-good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--color-warning)' },
  { tag: tags.comment, color: 'var(--color-ink-soft)', fontStyle: 'italic' },
]);

export class CodeArea {
  readonly #view: EditorView;
  readonly #name = new Compartment();
  #isShowing = false;

  constructor(host: HTMLElement, { label, language, text }: Opened, onChange: (text: string) => void) {
    // React may mount the same host again; a shadow tree stays with its host.
    const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const parent = document.createElement('div');
    shadow.replaceChildren(parent);
    this.#view = new EditorView({
      parent,
      root: shadow,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          history(),
          bracketMatching(),
          highlightActiveLine(),
          EditorView.lineWrapping,
          keymap.of([...defaultKeymap, ...historyKeymap]),
          ...(language === 'json' ? [json()] : []),
          syntaxHighlighting(COLOURS),
          LOOK,
          this.#name.of(named(label)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !this.#isShowing) onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
  }

  /** Shows a text that was changed elsewhere. */
  show(text: string): void {
    const { length } = this.#view.state.doc;
    if (this.#view.state.doc.toString() === text) return;
    this.#isShowing = true;
    this.#view.dispatch({ changes: { from: 0, to: length, insert: text } });
    this.#isShowing = false;
  }

  name(label: string): void {
    this.#view.dispatch({ effects: this.#name.reconfigure(named(label)) });
  }

  /** Marks the lines that something is wrong with. */
  mark(problems: readonly SourceProblem[]): void {
    const { doc } = this.#view.state;
    const marks = problems.flatMap(({ line, text, isError }) => {
      if (line === undefined) return [];
      const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      return [{ from, to, message: text, severity: isError ? ('error' as const) : ('warning' as const) }];
    });
    this.#view.dispatch(setDiagnostics(this.#view.state, marks));
  }

  goTo(line: number): void {
    const { from } = this.#view.state.doc.line(Math.min(Math.max(line, 1), this.#view.state.doc.lines));
    this.#view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    this.#view.focus();
  }

  undo(): void {
    undo(this.#view);
  }

  redo(): void {
    redo(this.#view);
  }

  close(): void {
    this.#view.destroy();
  }
}

function named(label: string) {
  return EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' });
}
