/** dmn-js with what we need of it: tables to be edited, and what requires what to be looked at. In a chunk of its own. */
import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';
import TableEditor from 'dmn-js-decision-table/lib/Editor';
import { HIT_POLICIES } from 'dmn-js-decision-table/lib/features/hit-policy/HitPolicies';
import TableViewer from 'dmn-js-decision-table/lib/Viewer';
import DrdViewer from 'dmn-js-drd/lib/NavigatedViewer';
import EditingManager from 'dmn-js-shared/lib/base/EditingManager';
import { containsDi } from 'dmn-js-shared/lib/util/DiUtil';
import { withHitPolicy } from './dmnXml';
import sv from './dmn-js.sv.json';

interface Element {
  $instanceOf: (type: string) => boolean;
  decisionLogic?: Element;
}

// By its own label it could not be told from the type of that name.
for (const policy of HIT_POLICIES) if (policy.value.hitPolicy === 'ANY') policy.label = 'Any (in agreement)';

/** Menus of simple values are left out, since cells are FEEL as everywhere; and the way to another view, which the page has. */
function isLeftOut(part: unknown): boolean {
  return typeof part === 'string' && (part.startsWith('simple') || part === 'viewDrd');
}

class Table extends TableEditor {
  override getModules(): object[] {
    const modules = [...TableViewer._getModules(), ...TableEditor._getModules()];
    return modules.filter(({ __init__: parts = [] }) => !parts.some(isLeftOut));
  }
}

class Manager extends EditingManager {
  _getViewProviders() {
    return [
      {
        id: 'drd',
        constructor: DrdViewer,
        opens: (element: Element) => element.$instanceOf('dmn:Definitions') && containsDi(element),
      },
      {
        id: 'decisionTable',
        constructor: Table,
        opens: (element: Element) =>
          element.$instanceOf('dmn:Decision') && element.decisionLogic?.$instanceOf('dmn:DecisionTable') === true,
      },
    ];
  }
}

export class DmnEditor {
  readonly #manager: Manager;
  #opened = '';

  constructor(container: HTMLElement, language: 'sv' | 'en', onChange: (xml: string) => void) {
    const words: Record<string, string> = language === 'sv' ? sv : {};
    const translate = (text: string, values: Record<string, string> = {}): string =>
      (words[text] ?? text).replaceAll(/{([^}]+)}/g, (_, name: string) => values[name.trim()] ?? '');
    const ours = [{ translate: ['value', translate] }];
    this.#manager = new Manager({
      container,
      common: {
        // By any other name than `feel` cells are plain text, without an editor whose styles the content policy stops.
        expressionLanguages: {
          options: [{ value: 'FEEL', label: 'FEEL' }],
          defaults: { editor: 'FEEL', inputCell: 'FEEL', outputCell: 'FEEL' },
        },
      },
      drd: { additionalModules: ours },
      decisionTable: { additionalModules: ours },
    });
    this.#manager.on('viewer.created', ({ viewer }) => {
      viewer.on('commandStack.changed', () => {
        void this.#manager.saveXML({ format: true }).then(({ xml }) => {
          onChange(withHitPolicy(this.#opened, xml));
        });
      });
    });
  }

  /** Shows a decision's table; the graph of requirements without a decision. Whether there is something to show. */
  async open(xml: string, decision?: string): Promise<boolean> {
    this.#opened = xml;
    await this.#manager.importXML(xml, { open: false });
    const view = this.#manager
      .getViews()
      .find((one) => (decision === undefined ? one.type === 'drd' : one.element.id === decision));
    if (!view) return false;
    await this.#manager.open(view);
    return true;
  }

  close(): void {
    this.#manager.destroy();
  }
}

const lit = new CSSStyleSheet();

/** Marks the rules that matched, and those that a problem is about, by colour, a sign and a word. */
export function light(
  matched: readonly string[],
  wrong: readonly string[],
  words: { matched: string; wrong: string },
): void {
  const rule = (id: string, kind: 'good' | 'error', sign: string, word: string) => `
    .dmn-decision-table-container td[data-row-id="${CSS.escape(id)}"] {
      background-color: var(--color-${kind}-faint); box-shadow: inset 0 2px var(--color-${kind}), inset 0 -2px var(--color-${kind});
    }
    .dmn-decision-table-container td.rule-index[data-row-id="${CSS.escape(id)}"]::before {
      content: "${sign} ${word} "; color: var(--color-${kind}); font-weight: 700;
    }`;
  lit.replaceSync(
    [
      ...matched.map((id) => rule(id, 'good', '▶', words.matched)),
      ...wrong.map((id) => rule(id, 'error', '✖', words.wrong)),
    ].join('\n'),
  );
  if (!document.adoptedStyleSheets.includes(lit)) document.adoptedStyleSheets.push(lit);
}
