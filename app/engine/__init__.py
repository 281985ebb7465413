"""The workflow engine: checks a BPMN package, compiles it, and runs commands on stored instances.

The only importer of SpiffWorkflow. It knows neither Flask nor SQL nor the clock: bytes and values in, bytes and
facts out.
"""

from app.engine.checks import check
from app.engine.commands import cancel, complete, deliver, fire_timers, start, variables
from app.engine.drawing import Drawing, draw
from app.engine.errors import EngineError, NotExecutable, TaskNotOpen
from app.engine.model import (
    COUNCIL_OUTCOMES,
    ClosedTask,
    CouncilConfig,
    Effect,
    Event,
    Finding,
    Node,
    OpenTask,
    Outcome,
    Package,
    Sla,
    Step,
)
from app.engine.process import Process, compile

__all__ = [
    "COUNCIL_OUTCOMES",
    "ClosedTask",
    "CouncilConfig",
    "Drawing",
    "Effect",
    "EngineError",
    "Event",
    "Finding",
    "Node",
    "NotExecutable",
    "OpenTask",
    "Outcome",
    "Package",
    "Process",
    "Sla",
    "Step",
    "TaskNotOpen",
    "cancel",
    "check",
    "compile",
    "complete",
    "deliver",
    "draw",
    "fire_timers",
    "start",
    "variables",
]
