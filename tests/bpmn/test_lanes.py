from __future__ import annotations

from engine.bpmn import lane_titles

DIAGRAM = """
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1">
  <process id="p">
    <laneSet id="lanes">
      <lane id="a" name="Samordnare" stegvis:nameEn="Coordinator" stegvis:group="coordinator"/>
      <lane id="b" name="Unit head">
        <childLaneSet id="inner"><lane id="c" name="Coach" stegvis:group="coach"/></childLaneSet>
      </lane>
      <lane id="d" stegvis:group="nameless"/>
    </laneSet>
  </process>
</definitions>
"""


def test_a_group_is_called_what_its_lane_is() -> None:
    assert lane_titles(DIAGRAM) == [
        ("coordinator", "Samordnare", "Coordinator"),
        ("unit-head", "Unit head", ""),
        ("coach", "Coach", ""),
    ]
