"""The files that a new process begins with: a start, a step for a person, an end, and data of no kind yet."""

from __future__ import annotations

import json
from xml.sax.saxutils import quoteattr

from ..package_files import DATA_SCHEMA, DIAGRAM

_DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="{key}-definitions" targetNamespace="urn:stegvis:processes">
  <bpmn:process id="{key}" name={name}{name_en} isExecutable="true">
    <bpmn:startEvent id="start" name="Start" stegvis:nameEn="Start" />
    <bpmn:sequenceFlow id="to-first-step" sourceRef="start" targetRef="first-step" />
    <bpmn:{step} id="first-step" name="Första steget" stegvis:nameEn="First step"{form} stegvis:groups="coach" />
    <bpmn:sequenceFlow id="to-end" sourceRef="first-step" targetRef="end" />
    <bpmn:endEvent id="end" name="Klart" stegvis:nameEn="Done" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="{key}">
      <bpmndi:BPMNShape id="start-shape" bpmnElement="start">
        <dc:Bounds x="160" y="132" width="36" height="36" />
        <bpmndi:BPMNLabel />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="first-step-shape" bpmnElement="first-step">
        <dc:Bounds x="250" y="110" width="100" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="end-shape" bpmnElement="end">
        <dc:Bounds x="404" y="132" width="36" height="36" />
        <bpmndi:BPMNLabel />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="to-first-step-edge" bpmnElement="to-first-step">
        <di:waypoint x="196" y="150" />
        <di:waypoint x="250" y="150" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="to-end-edge" bpmnElement="to-end">
        <di:waypoint x="350" y="150" />
        <di:waypoint x="404" y="150" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
_SCHEMA = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {}}


def files(key: str, name: str, name_en: str = "", form: str = "") -> dict[str, str]:
    """The package of a process `key` that people call `name`. In its step a `form` is filled in, if one is named."""
    attributes = {"name_en": f" stegvis:nameEn={quoteattr(name_en)}", "form": f" stegvis:form={quoteattr(form)}"}
    said = {what: text if given else "" for (what, text), given in zip(attributes.items(), (name_en, form), strict=True)}
    diagram = _DIAGRAM.format(key=key, name=quoteattr(name), step="userTask" if form else "manualTask", **said)
    return {DATA_SCHEMA: json.dumps(_SCHEMA, indent=2, ensure_ascii=False) + "\n", DIAGRAM: diagram}
