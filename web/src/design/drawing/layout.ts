/** A drawing for a diagram that has none: steps from left to right as the flows lead, sub-processes as large as what is in them. */
const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const BPMNDI = 'http://www.omg.org/spec/BPMN/20100524/DI';
const DC = 'http://www.omg.org/spec/DD/20100524/DC';
const DI = 'http://www.omg.org/spec/DD/20100524/DI';
const STEP = /(Task|Event|Gateway|^task|^callActivity|^subProcess|^adHocSubProcess|^transaction)$/;
const HOLDS = /^(subProcess|adHocSubProcess|transaction)$/;
const GAP = { x: 50, y: 40 };
const ROOM = 40;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The same where something is drawn already, and what cannot be read. */
export function laidOut(xml: string): string {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const root = document.documentElement;
  const isDrawn = document.getElementsByTagNameNS(BPMNDI, '*').length > 0;
  const processes = [...document.getElementsByTagNameNS(BPMN, 'process')];
  const [whole] = [...document.getElementsByTagNameNS(BPMN, 'collaboration'), ...processes];
  if (root.localName !== 'definitions' || isDrawn || !whole?.id) return xml;
  const boxes = new Map<string, Box>();
  if (whole.localName === 'process') layOut(whole, 160, 80, boxes);
  else
    layOutPools(
      [...whole.children].filter((one) => one.localName === 'participant'),
      processes,
      boxes,
    );
  const shapes = [...boxes].map(
    ([id, { x, y, width, height }]) =>
      `<di:BPMNShape id="${id}_di" bpmnElement="${id}" isExpanded="true"><dc:Bounds x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(height)}"/></di:BPMNShape>`,
  );
  const flows = ['sequenceFlow', 'messageFlow'].flatMap((tag) => [...document.getElementsByTagNameNS(BPMN, tag)]);
  const edges = flows.flatMap((flow) => edgeOf(flow, boxes));
  const drawing = `<di:BPMNDiagram xmlns:di="${BPMNDI}" xmlns:dc="${DC}" xmlns:dd="${DI}" id="drawing"><di:BPMNPlane id="plane" bpmnElement="${whole.id}">${[...shapes, ...edges].join('')}</di:BPMNPlane></di:BPMNDiagram>`;
  const end = xml.lastIndexOf('</');
  return `${xml.slice(0, end)}${drawing}\n${xml.slice(end)}`;
}

/** Each pool below the one before, with its process in it. */
function layOutPools(pools: readonly Element[], processes: readonly Element[], boxes: Map<string, Box>): void {
  let y = 80;
  for (const pool of pools) {
    const process = processes.find((one) => one.id === pool.getAttribute('processRef'));
    const box = { x: 120, y, width: 600, height: 60 };
    boxes.set(pool.id, box); // before what lies in it, which is drawn above it
    if (process) {
      const inner = layOut(process, box.x + 30 + ROOM, y + ROOM, boxes);
      Object.assign(box, { width: inner.right - box.x + ROOM, height: inner.bottom - y + ROOM });
    }
    y += box.height + GAP.y;
  }
}

/** Puts what lies in a process or sub-process from a point on; how much room it took. */
function layOut(
  holder: Element,
  left: number,
  top: number,
  boxes: Map<string, Box>,
): { right: number; bottom: number } {
  const steps = [...holder.children].filter((one) => one.namespaceURI === BPMN && STEP.test(one.localName) && one.id);
  const columns = columnsOf(
    steps.filter((step) => step.localName !== 'boundaryEvent'),
    [...holder.children].filter((one) => one.localName === 'sequenceFlow'),
  );
  let x = left;
  let bottom = top;
  for (const column of columns) {
    let y = top;
    let right = x;
    for (const step of column) {
      const box = { x, y, ...sizeOf(step) };
      if (HOLDS.test(step.localName)) {
        const inner = layOut(step, x + ROOM, y + ROOM, boxes);
        Object.assign(box, { width: inner.right - x + ROOM, height: inner.bottom - y + ROOM });
      }
      boxes.set(step.id, box);
      y += box.height + GAP.y;
      right = Math.max(right, box.x + box.width);
    }
    bottom = Math.max(bottom, y - GAP.y);
    x = right + GAP.x;
  }
  putOnBorders(steps, boxes);
  return { right: x - GAP.x, bottom };
}

function putOnBorders(steps: readonly Element[], boxes: Map<string, Box>): void {
  const taken = new Map<string, number>();
  for (const event of steps.filter((step) => step.localName === 'boundaryEvent')) {
    const host = event.getAttribute('attachedToRef') ?? '';
    const box = boxes.get(host);
    if (!box) continue;
    const before = taken.get(host) ?? 0;
    taken.set(host, before + 1);
    boxes.set(event.id, { x: box.x + box.width - 40 - before * 40, y: box.y + box.height - 18, width: 36, height: 36 });
  }
}

/** Each step in the column after the first step that leads to it. */
function columnsOf(steps: readonly Element[], flows: readonly Element[]): Element[][] {
  const next = (id: string) =>
    flows.filter((flow) => flow.getAttribute('sourceRef') === id).map((flow) => flow.getAttribute('targetRef') ?? '');
  const led = new Set(flows.map((flow) => flow.getAttribute('targetRef')));
  const columns: Element[][] = [];
  const seen = new Set<string>();
  let here = steps.filter((step) => !led.has(step.id));
  while (seen.size < steps.length) {
    if (here.length === 0) here = steps.filter((step) => !seen.has(step.id)).slice(0, 1);
    for (const step of here) seen.add(step.id);
    columns.push(here);
    const ids = new Set(here.flatMap((step) => next(step.id)));
    here = steps.filter((step) => ids.has(step.id) && !seen.has(step.id));
  }
  return columns;
}

function sizeOf({ localName }: Element): { width: number; height: number } {
  if (localName.endsWith('Event')) return { width: 36, height: 36 };
  return localName.endsWith('Gateway') ? { width: 50, height: 50 } : { width: 100, height: 80 };
}

function edgeOf(flow: Element, boxes: ReadonlyMap<string, Box>): string[] {
  const [from, to] = ['sourceRef', 'targetRef'].map((end) => boxes.get(flow.getAttribute(end) ?? ''));
  if (!from || !to || !flow.id) return [];
  const point = (x: number, y: number) => `<dd:waypoint x="${String(Math.round(x))}" y="${String(Math.round(y))}"/>`;
  const begin = point(from.x + from.width, from.y + from.height / 2);
  return [
    `<di:BPMNEdge id="${flow.id}_di" bpmnElement="${flow.id}">${begin}${point(to.x, to.y + to.height / 2)}</di:BPMNEdge>`,
  ];
}
