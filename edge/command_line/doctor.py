"""`doctor`: is everything in order, and if not, what to do."""

import argparse
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from edge.command_line.exit_codes import ExitCode
from edge.command_line.local_interface import LocalInterface, find_runtime
from edge.command_line.speech import progress, say
from edge.confinement import PORTS_ABI, landlock_abi
from edge.errors import EdgeError, UnreachableError
from edge.settings import Settings

OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report: `ok`, `note` (worth knowing) or `bad` (do something)."""

    verdict: str
    about: str
    text: str


Check = Callable[[Settings], Iterator[Finding]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose: it looks at everything."""
    del parser


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Look, report, and fail if anything is bad."""
    progress("looking around")
    findings = [finding for check in CHECKS for finding in check(settings)]
    bad = any(finding.verdict == "bad" for finding in findings)
    told = {
        "healthy": not bad,
        "findings": [{"verdict": f.verdict, "about": f.about, "text": f.text} for f in findings],
    }
    lines = [f"{f.verdict:5} {f.about:14} {f.text}" for f in findings]
    say(told, lines, as_json=arguments.json)
    return ExitCode.FAILED if bad else ExitCode.DONE


def _files(settings: Settings) -> Iterator[Finding]:
    """What is private must be ours alone."""
    private = [settings.edge.state, *_key_files(settings.edge.state)]
    for path in private:
        if not path.exists():
            yield Finding(verdict="note", about="files", text=f"{path} is not there yet")
        elif path.stat().st_mode & OTHERS:
            yield Finding(
                verdict="bad", about="files", text=f"{path}: others may read it: chmod go="
            )
        else:
            yield Finding(verdict="ok", about="files", text=f"{path} is ours alone")


def _key_files(state: Path) -> list[Path]:
    return sorted(path for path in (state / "keys").glob("*") if path.is_file())


def _provisioning(settings: Settings) -> Iterator[Finding]:
    """Whom the courier will trust."""
    for path in (settings.catalogue.ca, settings.catalogue.root):
        there = path.is_file()
        text = f"{path} is there" if there else f"{path} is missing: no catalogue can be trusted"
        yield Finding(verdict="ok" if there else "bad", about="trust", text=text)


def _running(settings: Settings) -> Iterator[Finding]:
    """Whether the house answers, and what it counted."""
    try:
        runtime = find_runtime(settings.edge.state)
        health = runtime.get("health")
    except UnreachableError:
        yield Finding(verdict="note", about="runtime", text="not running")
        return
    except EdgeError as error:
        yield Finding(verdict="bad", about="runtime", text=str(error))
        return
    yield Finding(verdict="ok", about="runtime", text=f"running, version {health['version']}")
    yield _confined(health["confined"])
    for event, count in sorted(health["counts"].items()):
        yield Finding(verdict="note", about="refused", text=f"{event}: {count}")
    yield from _egress(runtime)


def _confined(in_force: bool) -> Finding:  # noqa: FBT001 - it is what is told
    """Whether the running house is held by a filter."""
    if in_force:
        text = "the runtime runs under a seccomp filter"
        return Finding(verdict="ok", about="sandbox", text=text)
    text = "the runtime is not confined by any filter: run it under the system's own means"
    return Finding(verdict="note", about="sandbox", text=text)


def _egress(runtime: LocalInterface) -> Iterator[Finding]:
    """A message that nothing explains is an alarm."""
    summary = runtime.get("ledger?newest=1")["summary"]
    facts = summary["household_facts"]
    text = f"{summary['messages']} messages left, {facts} facts about you"
    yield Finding(verdict="bad" if facts else "ok", about="egress", text=text)


def _sandbox(settings: Settings) -> Iterator[Finding]:
    """What the kernel holds us to, and what only the system's own units can."""
    del settings
    abi = landlock_abi()
    ports = f"Landlock {abi}: TCP ports" if abi >= PORTS_ABI else "no Landlock for TCP ports"
    text = f"the kernel offers seccomp: socket families; {ports}; not addresses: see the units"
    yield Finding(verdict="ok" if abi >= PORTS_ABI else "note", about="sandbox", text=text)


CHECKS: tuple[Check, ...] = (_files, _provisioning, _running, _sandbox)
