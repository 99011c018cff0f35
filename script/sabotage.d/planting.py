"""The declaration of what is planted: a function that changes a community, and the one clause and check that must find it."""
import dataclasses
import pathlib
import re
from typing import Callable

CONFORMANCE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/conformance.md"
PLANTS, CONTROLS = [], []


@dataclasses.dataclass(frozen=True)
class Plant:
    """`function` gets a copy of the base to change; it is judged a minute after its last moment.

    A plant in files is judged now, with the files of a whole site: `function` gets a copy of the base that lasts until two days ago, and
    returns what is to be done to the `SiteFiles`, if anything.
    """
    clause: str | None
    check: str | None
    name: str
    function: Callable
    is_in_files: bool = False


def plant(clause, check, name):
    def declare(function):
        PLANTS.append(Plant(clause, check, name, function))
        return function
    return declare


def control(name):
    """What comes close to a breach, and is none."""
    def declare(function):
        CONTROLS.append(Plant(None, None, name, function))
        return function
    return declare


def file_plant(clause, check, name):
    def declare(function):
        PLANTS.append(Plant(clause, check, name, function, True))
        return function
    return declare


def file_control(name):
    def declare(function):
        CONTROLS.append(Plant(None, None, name, function, True))
        return function
    return declare


def checks_over_the_log():
    """The first table of docs/conformance.md: check to clause."""
    return checks(CONFORMANCE.read_text().split("## Checks over the log")[1].split("## Checks over other files")[0])


def checks_over_files():
    """The second table: check to clause."""
    return checks(CONFORMANCE.read_text().split("## Checks over other files")[1])


def checks(text):
    return dict(re.findall(r"^\| `([a-z-]+)` \| (P-\d\d\.\d) \|", text, re.MULTILINE))
