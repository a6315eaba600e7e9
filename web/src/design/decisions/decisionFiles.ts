/** Where decisions lie in a draft, and what a new one begins with. */
export const KEY = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export function pathOf(name: string): string {
  return `decisions/${name}.dmn`;
}

/** The name of a file of decisions, without folder and ending. */
export function nameOf(path: string): string {
  return path.replace(/^decisions\//, '').replace(/\.dmn$/, '');
}

/** The names of a draft's files of decisions, without folder and ending. */
export function decisionFiles(files: Readonly<Record<string, string>>): string[] {
  return Object.keys(files).flatMap((file) => /^decisions\/(.+)\.dmn$/.exec(file)?.[1] ?? []);
}

/** A table with one condition, one result and one rule. */
export function newDecision(key: string, name: string): string {
  const title = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:di="http://www.omg.org/spec/DMN/20180521/DI/" id="${key}-definitions" name="${title}" namespace="urn:stegvis:decisions">
  <inputData id="${key}-input" name="answer">
    <variable id="${key}-input-variable" name="answer"/>
  </inputData>
  <decision id="${key}" name="${title}">
    <variable id="${key}-variable" name="${title}"/>
    <informationRequirement id="${key}-needs">
      <requiredInput href="#${key}-input"/>
    </informationRequirement>
    <decisionTable id="${key}-table" hitPolicy="FIRST">
      <input id="${key}-in-1" label="answer">
        <inputExpression id="${key}-in-1-expression" typeRef="string"><text>answer</text></inputExpression>
      </input>
      <output id="${key}-out-1" name="result" typeRef="string"/>
      <rule id="${key}-rule-1">
        <inputEntry id="${key}-rule-1-in-1"><text>-</text></inputEntry>
        <outputEntry id="${key}-rule-1-out-1"><text>"other"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="${key}-diagram">
      <dmndi:DMNShape id="${key}-shape" dmnElementRef="${key}"><dc:Bounds x="160" y="80" width="180" height="80"/></dmndi:DMNShape>
      <dmndi:DMNShape id="${key}-input-shape" dmnElementRef="${key}-input"><dc:Bounds x="188" y="240" width="125" height="45"/></dmndi:DMNShape>
      <dmndi:DMNEdge id="${key}-edge" dmnElementRef="${key}-needs"><di:waypoint x="250" y="240"/><di:waypoint x="250" y="160"/></dmndi:DMNEdge>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}
