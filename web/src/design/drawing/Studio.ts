/** The diagram that is drawn in: bpmn-js with what we add to it. Everything it does can be undone in one step. */
import Modeler from 'bpmn-js/lib/Modeler';
import { type Drawn, isFlow, isStep, type Said, type Services } from './bpmn';
import { descriptor } from './descriptor';
import { place } from './adding';
import { listenToKeys, nameShapes } from './keys';
import { type KindName, KINDS } from './kinds';
import { laidOut } from './layout';
import { padEntries } from './pad';

export interface Words {
  /** What an element is called when it is spoken. */
  spoken: (element: Drawn) => string;
  canvas: () => string;
  search: () => string;
  /** What the entries beside a selected element are called. */
  pad: (entry: 'userTask' | 'exclusiveGateway' | 'endEvent' | 'connect' | 'remove') => string;
}

export interface Wishes {
  /** Somebody asks for something after what is selected. */
  append: () => void;
  /** Somebody wants to lead what is selected to something else. */
  connect: () => void;
  /** Somebody wants to say more about what is selected. */
  properties: () => void;
  speak: (text: string) => void;
}

function processOf(element: Drawn): unknown {
  return element.type === 'bpmn:Participant' ? element.businessObject.get('processRef') : undefined;
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

/** How much is seen beside a large diagram, in its own measure. */
const EDGE = 30;

export class Studio {
  readonly #modeler: Modeler;
  readonly #listeners = new Set<() => void>();
  #changes = 0;
  #opened = '';
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
          // It would write the shapes in another order than they were read in.
          bpmnDiOrdering: ['type', Nothing],
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
    this.get('contextPad').registerProvider({ getContextPadEntries: (element) => padEntries(this, words, element) });
    this.get('commandStack').registerHandler('stegvis.together', Together);
    this.get('editorActions').unregister('replaceElement');
    listenToKeys(this, words, wishes);
  }

  get<Name extends keyof Services>(name: Name): Services[Name] {
    return this.#modeler.get<Services[Name]>(name);
  }

  async open(xml: string): Promise<void> {
    await this.#modeler.importXML(laidOut(xml));
    this.#opened = xml;
    this.#edits = 0;
    this.get('canvas').zoom('fit-viewport', 'auto');
    const view = this.get('canvas').viewbox();
    // A large diagram is not shrunk until nothing can be read: then one begins at its upper left corner.
    if (view.width > 2 * 900) this.#beginAtStart();
    this.name();
    this.#tell();
  }

  #beginAtStart(): void {
    const canvas = this.get('canvas');
    canvas.zoom(0.6);
    const { width, height, inner } = canvas.viewbox();
    canvas.viewbox({ x: inner.x - EDGE, y: inner.y - Math.max(EDGE, (height - inner.height) / 2), width, height });
  }

  async xml(): Promise<string> {
    // What is undone to where one began is what it was, to the letter.
    if (!this.get('commandStack').canUndo()) return this.#opened;
    const { xml = '' } = await this.#modeler.saveXML({ format: true });
    // bpmn-js leaves one behind when the drawing of a lane is undone.
    return xml.replace(/\n\s*<(\w+:)?laneSet id="[^"]*" \/>/g, '');
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
    const [selected] = this.get('selection').get();
    if (selected && this.get('contextPad').isOpen()) this.get('contextPad').open(selected, true);
  }

  get root(): Drawn {
    return this.get('canvas').getRootElement();
  }

  /** What is selected; the process itself, or the pool that it is drawn as, when nothing is. */
  get selected(): Drawn {
    const [first] = this.get('selection').get();
    return first?.labelTarget ?? first ?? this.whole;
  }

  /** The process, or the first pool that has one. */
  get whole(): Drawn {
    const [pool] = this.get('elementRegistry').filter((one) => Boolean(processOf(one)));
    return pool ?? this.root;
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
    // What stands beside it, and bpmn.io's mark in the corner, lie free of each other.
    this.get('canvas').scrollToElement(element, { top: 60, left: 60, bottom: 170, right: 150 });
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

  /** Draws a new element where it belongs beside another; without one, in the middle of what is seen. */
  add(kind: KindName, beside?: Drawn): Drawn {
    let added: Drawn | undefined;
    this.together(() => {
      added = place(this, kind, beside);
    });
    this.select(added ?? this.whole);
    return this.selected;
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

  #tell(): void {
    this.#changes += 1;
    for (const listener of this.#listeners) listener();
  }
}
