"""Tables that a migration makes all together."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddField, AlterField, CreateModel, RemoveField
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class MadeTogether(Operation):
    """These operations as one step, at which Django makes the models once.

    Step by step it makes anew every model that is tied to the one that changes, and almost all of ours are:
    the time grows with the square of the tables. The foreign keys of new tables wait for the migration's end,
    so the tables come in any order; what is added to a table that is there already comes after them.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return type(self).__name__, [self.operations], {}

    def describe(self) -> str:
        return "Make tables together"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Without the models made so far none is made anew here: all are, when they are next asked for.
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, from_state, to_state)


def in_few_steps(operations: Sequence[Operation]) -> list[Operation]:
    """The operations in their order, as few steps as they can be made in.

    A field of a table that the same step makes would not find it: there a new step begins. So it does when a
    field is changed twice.
    """
    steps: list[list[Operation]] = [[]]
    made: set[str] = set()
    changed: set[tuple[str, str]] = set()
    for one in operations:
        if isinstance(one, AddField | AlterField | RemoveField):
            field = (one.model_name_lower, one.name_lower)
            if field[0] in made or field in changed:
                steps.append([])
                made, changed = set(), set()
            changed.add(field)
        elif isinstance(one, CreateModel):
            made.add(one.name_lower)
        steps[-1].append(one)
    return [MadeTogether(step) for step in steps if step]
