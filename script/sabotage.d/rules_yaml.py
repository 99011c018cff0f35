"""Reads the part of YAML in which the rules of a policy version are written: maps, lists, words and numbers."""
import re

ENTRY = re.compile(r"([\w.]+):(?:\s+(.*))?$")


def read(text):
    lines = [(len(line) - len(line.lstrip()), line.strip()) for line in map(uncommented, text.splitlines()) if line.strip()]
    value, rest = block(lines, 0)
    if rest:
        raise ValueError(f"not understood: {rest[0][1]}")
    return value


def uncommented(line):
    return re.sub(r"(^|\s)#.*$", "", line)


def block(lines, indent):
    """The map or list whose lines begin at `indent`, and the lines after it."""
    entries = [] if lines[0][1].startswith("- ") else {}
    while lines and lines[0][0] == indent:
        text = lines[0][1]
        if isinstance(entries, list):
            # The lines of a map in a list stand two further in than its dash.
            inner, lines = text[2:], lines[1:]
            if ENTRY.match(inner):
                value, lines = block([(indent + 2, inner)] + lines, indent + 2)
            else:
                value = flow(inner)
            entries.append(value)
            continue
        match = ENTRY.match(text)
        if not match:
            raise ValueError(f"not understood: {text}")
        lines = lines[1:]
        if match[2]:
            entries[match[1]] = flow(match[2])
        else:
            entries[match[1]], lines = block(lines, lines[0][0])
    return entries, lines


def flow(text):
    if text.startswith("["):
        return [flow(part) for part in parts(text[1:-1])]
    if text.startswith("{"):
        return {key.strip(): flow(value.strip()) for key, value in (split_entry(part) for part in parts(text[1:-1]))}
    if text.startswith('"'):
        return text[1:-1]
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"-?\d+", text) else text


def split_entry(text):
    key, _, value = text.partition(":")
    return key, value


def parts(text):
    return [part.strip() for part in text.split(",") if part.strip()]
