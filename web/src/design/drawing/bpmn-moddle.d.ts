/** The part of bpmn-moddle that the tests use; the package has no types of its own. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages: Record<string, unknown>);
    fromXML(xml: string): Promise<{ rootElement: object; warnings: Error[] }>;
    toXML(element: object, options?: { format?: boolean }): Promise<{ xml: string }>;
  }
}
