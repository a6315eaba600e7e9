"""An oracle for the engine: the standard's semantics played a second time, without any of the engine's code.

A diagram is plain dictionaries, so that it can be drawn at random, shrunk and kept as JSON:

    {"id": "p", "nodes": {id: node}, "flows": {id: flow}, "called": {id: diagram}}

    "begins": {"at": id, "part": which trigger, "payloads": [number for each trigger]}, where a case begins that does not at the
    plain start event
    "reopens": id of the node where a case goes on that has ended, if it may

    flow   {"from": id, "to": id, "if": condition}       the order of the flows is that of the file
    node   {"kind": BPMN's element name, "in": id of the sub-process around it or ""}, and what its kind needs of
           "on": {"type": timer | message | signal | error | escalation | condition | link | terminate | compensate | cancel,
                  "name": …, "if": condition, "rounds": a cycle's number of rounds, 0: for ever, "sets": variable for a
                  payload; "handler" of a compensation event on a border, "apart": True when its thrower does not wait}
           or {"type": "several", "of": [event, ...], "all": True when all have to come}
           "undoes": True for such a handler
           "byEvent": True for an event sub-process, whose start event has "on", and "beside" when it does not interrupt
           "until": condition, "sequential": True and "stays": True (what is under way may end) of an ad-hoc sub-process;
           "once": True of an activity in it that people begin once
           "host": the activity that a boundary event is attached to, "beside": True when it does not interrupt
           "fails": condition when a service task throws the error no-unit
           "instantiate": True of a receive task or event-based gateway that begins a case
           "all": True of such a gateway when the case waits for the other events behind it
           "activates": ["and" or "or", condition, ...] of a complex gateway that joins; its conditions may be over
           "activationCount" and "flow <id>", the tokens that wait on that flow, those of its ways out over "waitingForStart"
           "default": flow, "set": [target, source or None, number]: target becomes (source + number) modulo 5
           "loop": {"type": standard | parallel | sequential, "times": number or variable, "while" or "until": condition,
                    "before": True, "over": [number or variable, ...] instead of "times", "item": True, "collect": variable}
           "local": True when a sub-process, or each round, has the variable "own"
           "takes": {variable of the called diagram: variable of the caller's}, where it is not the same
           "calls": id of the called diagram, which gets all variables and gives back those in "gives"
    condition   [variable, operator, whole number or truth value]

`game` plays such a diagram, `drawing` writes it as BPMN for the engine, `generate` makes up new ones, `walk` compares the
two step by step, `shrink` makes a diagram on which they differ small, `fuzz` does it ten thousand times.
"""
