"""Rules that are read off the source: each takes a tree of files and gives a line for every breach."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
NAMES_THAT_SAY_NOTHING = {"service", "services", "utils", "util", "helpers", "helper", "manager", "base", "common"}
WORDS_OF_OTHERS = {"user", "users", "alert", "alerts", "patient", "patients", "ticket", "tickets"}
TIME_READERS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "func.now"}
ENVIRONMENT_READERS = {"os.environ", "os.getenv", "os.putenv"}
FAKERS = ("unittest.mock", "mock", "freezegun", "time_machine")
LOGGED_AT = {"debug", "info", "warning", "error", "exception", "critical"}
NEVER_LOGGED = {
    "address", "answer", "body", "born", "callee", "caller", "carer", "contact", "detail", "email", "exc_info", "form",
    "guidance", "holder", "known_as", "message", "mobile", "name", "note", "number", "outcome", "params", "payload",
    "person", "phone", "phrase", "plan", "practitioner", "recipient", "sender", "text", "to", "url", "why", "words",
}  # fmt: skip


@dataclass(frozen=True)
class Module:
    """A file of Python, with its path from the tree's root."""

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @property
    def is_ours_to_run(self) -> bool:
        """Whether it is part of the service, not of its tests."""
        return self.path.startswith(("oncall/", "rota/"))

    def at(self, node: ast.AST) -> str:
        """Where the node stands."""
        return f"{self.path}:{getattr(node, 'lineno', 0)}"


def modules(root: Path, *folders: str) -> list[Module]:
    """Every file of Python in these folders."""
    paths = [path for folder in folders for path in sorted((root / folder).rglob("*.py"))]
    return [Module(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods and inner ones too."""
    return (node for node in module.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an attribute, the last two names at most; empty where it is something else."""
    if not isinstance(node, ast.Attribute):
        return ""
    owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
    return f"{owner}.{node.attr}"


def long_file(module: Module) -> Iterator[str]:
    """A file has a ceiling."""
    if (lines := module.source.count("\n")) > LONGEST_FILE:
        yield f"{module.path}: {lines} lines"


def long_function(module: Module) -> Iterator[str]:
    """A function has a ceiling."""
    for node in functions(module):
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION:
            yield f"{module.at(node)}: {node.name} has {lines} lines"


def silent_name(module: Module) -> Iterator[str]:
    """A module is named for what it answers for."""
    parts = set(module.path.removesuffix(".py").split("/"))
    yield from (f"{module.path}: {name}" for name in parts & NAMES_THAT_SAY_NOTHING)


def no_docstring(module: Module) -> Iterator[str]:
    """A module says what it answers for."""
    if module.source.strip() and not ast.get_docstring(module.tree):
        yield f"{module.path}: no docstring"


def commit(module: Module) -> Iterator[str]:
    """Transactions are ended in the database layer only."""
    if module.path.startswith("oncall/") and not module.path.startswith("oncall/db/"):
        calls = (n for n in module.nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute))
        yield from (f"{module.at(n)}: .commit(" for n in calls if getattr(n.func, "attr", "") == "commit")


def reads_the_time(module: Module) -> Iterator[str]:
    """Only the clock reads the time."""
    if module.is_ours_to_run and module.path != "oncall/clock.py":
        yield from (f"{module.at(n)}: {dotted(n)}" for n in module.nodes if dotted(n) in TIME_READERS)


def time_by_the_database(module: Module) -> Iterator[str]:
    """No time is left to the database to read."""
    if module.is_ours_to_run:
        named = (n for n in module.nodes if isinstance(n, ast.keyword) and n.arg in {"server_default", "onupdate"})
        yield from (f"{module.at(n.value)}: {n.arg}" for n in named)


def reads_the_environment(module: Module) -> Iterator[str]:
    """Only the settings read the environment."""
    if module.is_ours_to_run and module.path != "oncall/settings.py":
        yield from (f"{module.at(n)}: {dotted(n)}" for n in module.nodes if dotted(n) in ENVIRONMENT_READERS)


def sleeps(module: Module) -> Iterator[str]:
    """No test sleeps."""
    if module.path.startswith("tests/"):
        yield from (f"{module.at(n)}: sleep" for n in module.nodes if dotted(n).endswith(".sleep"))
        named = (n for n in module.nodes if isinstance(n, ast.ImportFrom))
        yield from (f"{module.at(n)}: sleep" for n in named if any(a.name == "sleep" for a in n.names))


def fakes_by_patching(module: Module) -> Iterator[str]:
    """A fake implements the protocol; nothing is patched."""
    for node in module.nodes:
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (f"{module.at(node)}: {name}" for name in names if name.startswith(FAKERS))


def inner_import(module: Module) -> Iterator[str]:
    """Imports stand at the top."""
    for function in functions(module):
        inner = (n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom))
        yield from (f"{module.at(n)}: import in {function.name}" for n in inner)


def relative_import(module: Module) -> Iterator[str]:
    """Imports are absolute."""
    found = (n for n in module.nodes if isinstance(n, ast.ImportFrom) and n.level)
    yield from (f"{module.at(n)}: relative import" for n in found)


def words_of_others(module: Module) -> Iterator[str]:
    """What is defined is named in the service's own words."""
    for node in module.nodes:
        name = getattr(node, "name", None) if isinstance(node, ast.ClassDef | ast.FunctionDef) else None
        name = node.arg if isinstance(node, ast.arg) else name
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        if name and set(_words(name)) & WORDS_OF_OTHERS:
            yield f"{module.at(node)}: {name}"


def _words(name: str) -> list[str]:
    spaced = "".join(f"_{letter}" if letter.isupper() else letter for letter in name)
    return spaced.lower().split("_")


def background_task(module: Module) -> Iterator[str]:
    """What must leave the house is an outbox row."""
    named = (n for n in module.nodes if isinstance(n, ast.ImportFrom))
    yield from (f"{module.at(n)}: BackgroundTasks" for n in named if any(a.name == "BackgroundTasks" for a in n.names))


def eager_relationship(module: Module) -> Iterator[str]:
    """A relationship loads nothing by itself."""
    for node in module.nodes:
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "relationship":
            lazy = [k.value.value for k in node.keywords if k.arg == "lazy" and isinstance(k.value, ast.Constant)]
            if lazy != ["raise"]:
                yield f'{module.at(node)}: relationship without lazy="raise"'


def talkative_log(module: Module) -> Iterator[str]:
    """A log line is a static event with ids: never a name, a number, or what was written."""
    calls = (n for n in module.nodes if isinstance(n, ast.Call) and module.is_ours_to_run)
    for node in calls:
        owner, _, level = dotted(node.func).partition(".")
        if owner not in {"log", "logger", "logging"} or level not in LOGGED_AT:
            continue
        is_static = len(node.args) == 1 and isinstance(node.args[0], ast.Constant)
        if not is_static or level == "exception":
            yield f"{module.at(node)}: not a static event"
        yield from (f"{module.at(node)}: logs {k.arg}" for k in node.keywords if _tells(k))


def _tells(keyword: ast.keyword) -> bool:
    """Whether what is logged could be about a person."""
    parts = list(ast.walk(keyword.value))
    told = {n.attr for n in parts if isinstance(n, ast.Attribute)} | {n.id for n in parts if isinstance(n, ast.Name)}
    is_built = any(isinstance(n, ast.JoinedStr) for n in parts)
    return keyword.arg is None or keyword.arg in NEVER_LOGGED or bool(told & NEVER_LOGGED) or is_built


RULES = (
    long_file, long_function, silent_name, no_docstring, commit, reads_the_time, time_by_the_database,
    reads_the_environment, sleeps, fakes_by_patching, inner_import, relative_import, words_of_others, background_task,
    eager_relationship, talkative_log,
)  # fmt: skip
