/** The diagram that is drawn in: bpmn-js with what we add to it. Everything it does can be undone in one step. */
import Modeler from 'bpmn-js/lib/Modeler';
import { type Drawn, isFlow, isStep, type KindName, KINDS, type Said, type Services } from './bpmn';
import { descriptor } from './descriptor';
import { listenToKeys, nameShapes } from './keys';

export interface Words {
  /** What an element is called when it is spoken. */
  spoken: (element: Drawn) => string;
  canvas: () => string;
  search: () => string;
}

export interface Wishes {
  /** Somebody asks for something after what is selected. */
  append: () => void;
  /** Somebody wants to say more about what is selected. */
  properties: () => void;
  speak: (text: string) => void;
}

/** Leaves out what we have our own of: bpmn-js's palette, context pad and menus have no words of ours and no keyboard. */
function Nothing(): void {
  return undefined;
}

/** Lets several changes be undone as one. */
class Together {
  preExecute({ act }: { act: () => void }): void {
    act();
  }
}

export class Studio {
  readonly #modeler: Modeler;
  readonly #listeners = new Set<() => void>();
  #changes = 0;
  #edits = 0;

  constructor(
    container: HTMLElement,
    private readonly words: Words,
    private readonly wishes: Wishes,
  ) {
    const translate = (text: string): string => (text === 'Search in diagram' ? words.search() : text);
    this.#modeler = new Modeler({
      container,
      moddleExtensions: { stegvis: descriptor },
      additionalModules: [
        {
          paletteProvider: ['type', Nothing],
          contextPadProvider: ['type', Nothing],
          translate: ['value', translate],
        },
      ],
    });
    const bus = this.get('eventBus');
    const told = (): void => {
      this.#tell();
    };
    bus.on('selection.changed', told);
    bus.on('import.done', told);
    bus.on('commandStack.changed', () => {
      this.#edits += 1;
      this.#tell();
    });
    this.get('commandStack').registerHandler('stegvis.together', Together);
    this.get('editorActions').unregister('replaceElement');
    listenToKeys(this, words, wishes);
  }

  get<Name extends keyof Services>(name: Name): Services[Name] {
    return this.#modeler.get<Services[Name]>(name);
  }

  async open(xml: string): Promise<void> {
    await this.#modeler.importXML(xml);
    this.#edits = 0;
    this.get('canvas').zoom('fit-viewport', 'auto');
    const view = this.get('canvas').viewbox();
    // A large diagram is not shrunk until nothing can be read: then one begins at its upper left corner.
    if (view.width > 2 * 900) this.get('canvas').zoom(0.6);
    this.name();
    this.#tell();
  }

  async xml(): Promise<string> {
    const { xml = '' } = await this.#modeler.saveXML({ format: true });
    return xml;
  }

  destroy(): void {
    this.#listeners.clear();
    this.#modeler.destroy();
  }

  /** For useSyncExternalStore: calls back on every change of the drawing or the selection. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly changes = (): number => this.#changes;

  /** How many edits there have been since the diagram was opened. */
  get edits(): number {
    return this.#edits;
  }

  /** Names shapes anew, as after a change of language. */
  name(): void {
    nameShapes(this, this.words);
  }

  get root(): Drawn {
    return this.get('canvas').getRootElement();
  }

  /** What is selected; the process itself when nothing is. */
  get selected(): Drawn {
    const [first] = this.get('selection').get();
    return first?.labelTarget ?? first ?? this.root;
  }

  /** The steps of the diagram in the order in which flows lead to them. */
  get steps(): Drawn[] {
    const all = this.get('elementRegistry').filter((element) => isStep(element) && !element.labelTarget);
    const starts = all.filter((step) => step.incoming.filter(isFlow).length === 0);
    const found = new Set<Drawn>();
    const visit = (step: Drawn): void => {
      if (found.has(step)) return;
      found.add(step);
      for (const flow of step.outgoing.filter(isFlow)) if (flow.target) visit(flow.target);
    };
    starts.sort((one, other) => Number(other.type === 'bpmn:StartEvent') - Number(one.type === 'bpmn:StartEvent'));
    for (const step of [...starts, ...all]) visit(step);
    return [...found];
  }

  find(id: string): Drawn | undefined {
    return this.get('elementRegistry').get(id);
  }

  select(element: Drawn): void {
    this.get('selection').select(element);
    this.get('canvas').scrollToElement(element);
    this.wishes.speak(this.words.spoken(element));
  }

  undo(): void {
    this.get('commandStack').undo();
  }

  redo(): void {
    this.get('commandStack').redo();
  }

  together(act: () => void): void {
    this.get('commandStack').execute('stegvis.together', { act });
  }

  /** Draws a new element after another; what came next comes next still. Without one, in the middle of what is seen. */
  add(kind: KindName, after?: Drawn): Drawn {
    const shape = this.get('elementFactory').createShape(KINDS[kind]);
    let added = shape;
    this.together(() => {
      added = after ? this.#append(shape, after) : this.get('modeling').createShape(shape, this.#middle(), this.root);
    });
    this.select(added);
    return added;
  }

  /** Lets a pointer carry a new element to where it is dropped. */
  drag(kind: KindName, event: Event): void {
    this.get('create').start(event, this.get('elementFactory').createShape(KINDS[kind]));
  }

  remove(element: Drawn): void {
    const before = element.incoming.find(isFlow)?.source;
    this.together(() => {
      this.get('modeling').removeElements([element]);
    });
    if (before) this.select(before);
  }

  create(type: string, values: Record<string, unknown>): Said {
    return this.get('bpmnFactory').create(type, values);
  }

  #append(shape: Drawn, after: Drawn): Drawn {
    const flows = after.outgoing.filter(isFlow);
    const added = this.get('autoPlace').append(after, shape);
    const [only] = flows;
    const goesOn = flows.length === 1 && added.type !== 'bpmn:EndEvent' && !after.type.endsWith('Gateway');
    if (only && goesOn) {
      const middle = { x: added.x + added.width / 2, y: added.y + added.height / 2 };
      this.get('modeling').reconnectStart(only, added, middle);
    }
    return added;
  }

  #middle(): { x: number; y: number } {
    const { x, y, width, height } = this.get('canvas').viewbox();
    return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
  }

  #tell(): void {
    this.#changes += 1;
    for (const listener of this.#listeners) listener();
  }
}
