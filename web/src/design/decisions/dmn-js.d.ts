/** The parts of dmn-js that are used; the packages have no types of their own. */
declare module 'dmn-moddle' {
  export class DmnModdle {
    fromXML(xml: string, type: string): Promise<{ rootElement: object; warnings: Error[] }>;
    toXML(element: object, options?: { format?: boolean }): Promise<{ xml: string }>;
  }
}

declare module 'dmn-js-shared/lib/base/EditingManager' {
  export interface View {
    element: { id: string };
    type: string;
  }
  export interface Viewer {
    on(event: string, callback: () => void): void;
  }
  export default class EditingManager {
    constructor(options: Record<string, unknown>);
    importXML(xml: string, options?: { open: boolean }): Promise<{ warnings: Error[] }>;
    saveXML(options: { format: boolean }): Promise<{ xml: string }>;
    getViews(): View[];
    open(view: View): Promise<unknown>;
    on(event: string, callback: (event: { viewer: Viewer }) => void): void;
    destroy(): void;
  }
}

declare module 'dmn-js-decision-table/lib/Editor' {
  export default class Editor {
    static _getModules(): { __init__?: unknown[] }[];
    getModules(): object[];
  }
}

declare module 'dmn-js-decision-table/lib/Viewer' {
  const Viewer: { _getModules: () => { __init__?: unknown[] }[] };
  export default Viewer;
}

declare module 'dmn-js-drd/lib/NavigatedViewer' {
  const NavigatedViewer: unknown;
  export default NavigatedViewer;
}

declare module 'dmn-js-shared/lib/util/DiUtil' {
  export function containsDi(element: unknown): boolean;
}

declare module 'dmn-js-decision-table/lib/features/hit-policy/HitPolicies' {
  export const HIT_POLICIES: { label: string; value: { hitPolicy: string } }[];
}
