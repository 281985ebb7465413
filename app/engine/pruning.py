"""Forgetting what is over: only tokens and what they still depend on stay in an instance."""

from SpiffWorkflow.task import Task

from app.engine.spiff import LIVE, GuardSpec, TokenWorkflow


def prune(workflow: TokenWorkflow) -> None:
    """Keep the root, live tasks, and the guards of elements that are still open; hang the rest under the root.

    A join takes its tokens by the arrow they came on, and a guard's children are the only relatives that matter,
    so this is sound for any shape of drawing, and an instance's size follows from its open tasks alone.
    """
    root = workflow.task_tree
    guards = [task for task in workflow.tasks.values() if _is_open_guard(task)]
    live = workflow.live()
    for task in (*guards, *live):
        if task.parent not in guards:
            task.parent = root
    workflow.tasks = {task.id: task for task in (root, *guards, *live)}
    for task in workflow.tasks.values():
        task._children = []
    for task in (*guards, *live):
        task.parent._children.append(task.id)


def _is_open_guard(task: Task) -> bool:
    return isinstance(task.task_spec, GuardSpec) and any(child.has_state(LIVE) for child in task.children)
