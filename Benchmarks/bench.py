"""Runs the measurements of script/bench and prints each beside its ceiling."""
import contextlib
import http.cookiejar
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

PROGRAM, TOOLS = os.environ["PROGRAM"], pathlib.Path(os.environ["TOOLS"])
ROOT = pathlib.Path(__file__).resolve().parent.parent
QUICK = "--quick" in sys.argv
PARTS = [word for word in sys.argv[1:] if not word.startswith("-")] or ["appends", "rebuild", "http"]
if not set(PARTS) <= {"appends", "rebuild", "http"} or any(word != "--quick" for word in sys.argv[1:] if word.startswith("-")):
    sys.exit("usage: script/bench [--quick] [appends|rebuild|http]")

# Shares of the ceiling that must be reached. They are set well below what is measured on two cores, because a busy machine
# says little: falling below one means that something has become slower by a factor, not by a few per cent.
FLOORS = {
    "appends 1": 0.4, "appends 16": 0.3, "appends 64": 0.3, "rebuild": 0.03,
    "page of fixed bytes": 0.35, "page of nginx": 0.2,
}
below = []


def report(name, value, ceilings, unit):
    print(f"{name:<34}{value:>12,.0f} {unit}")
    for label, ceiling, floor in ceilings:
        ratio = value / ceiling
        verdict = "" if ratio >= FLOORS[floor] else "  BELOW THE FLOOR"
        if verdict:
            below.append(name)
        print(f"  {label:<32}{ceiling:>12,.0f} {unit}   ratio {ratio:.2f}, floor {FLOORS[floor]:.2f}{verdict}")
    sys.stdout.flush()


def program(*words):
    done = subprocess.run([PROGRAM, *map(str, words)], cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1]) if "--json" in words else done.stdout


def tool(name, *words):
    return float(subprocess.run([TOOLS / name, *map(str, words)], check=True, capture_output=True, text=True).stdout)


def generate(data, members, threads, posts):
    program("generate", "--data", data, "--members", members, "--threads", threads, "--posts", posts)


def appends(directory):
    """Durable appends, half of the events sealed, beside C inserting the same rows in transactions of the same mean size."""
    data = directory / "appends"
    generate(data, 10, 10, 10)
    for writers, events in ((1, 20_000), (16, 100_000), (64, 200_000)):
        count = events // 10 if QUICK else events
        ours = program("append-load", "--data", data, "--writers", writers, "--events", count, "--json")
        batch = ours["events"] / ours["transactions"]
        target = directory / "insert.sqlite"
        ceiling = tool("insert", data / "log.sqlite", target, ours["events"], batch)
        for file in directory.glob("insert.sqlite*"):
            file.unlink()
        report(
            f"appends, {writers} writer{'s' if writers > 1 else ''}", ours["eventsPerSecond"],
            [(f"C, same rows, {batch:.1f} a transaction", ceiling, f"appends {writers}")], "events/s")


def rebuild(directory):
    """All views anew from the log, beside reading the same file and doing nothing with it."""
    data = directory / "rebuild"
    generate(data, *((300, 500, 10_000) if QUICK else (1000, 5000, 200_000)))
    program("views", "rebuild", "--data", data, "--json")
    ours = program("views", "rebuild", "--data", data, "--json")
    report(
        f"rebuild of {ours['events']:,} events", ours["eventsPerSecond"],
        [("bare scan of the same file", tool("scan", data / "log.sqlite"), "rebuild")], "events/s")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def serving(port, command, path="/", **options):
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, cwd=ROOT, **options)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).read()
                break
            if process.poll() is not None:
                sys.exit(f"script/bench: {command[0]} did not start")
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def wrk(url, cookie=None):
    """Requests a second with 16 connections; every answer must be a good one."""
    header = ["-H", f"Cookie: {cookie}"] if cookie else []
    seconds = 3 if QUICK else 10
    output = subprocess.run(
        ["wrk", "-t2", "-c16", f"-d{seconds}s", *header, url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        sys.exit(f"script/bench: {url} did not answer well:\n{output}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))


def signed_in(base):
    """The cookie of a member."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = browser.open(base + "/logga-in").read().decode()
    fields = {name: re.findall(f'name="{name}" value="([^"]+)"', form)[-1] for name in ("csrf", "command")}
    fields |= {"identifier": "medlem1-1", "password": "rabarber-i-motvind"}
    browser.open(base + "/logga-in", urllib.parse.urlencode(fields).encode())
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def nginx(directory, port, file):
    (directory / "nginx.conf").write_text(
        f"""daemon off; worker_processes 2; pid {directory}/nginx.pid; error_log {directory}/nginx.log;
        events {{ worker_connections 512; }}
        http {{ access_log off; sendfile on; keepalive_requests 100000000; default_type text/html;
                client_body_temp_path {directory}/nb; proxy_temp_path {directory}/np; fastcgi_temp_path {directory}/nf;
                uwsgi_temp_path {directory}/nu; scgi_temp_path {directory}/ns;
                server {{ listen 127.0.0.1:{port}; location / {{ alias {file.parent}/; }} }} }}""")
    return ["nginx", "-e", f"{directory}/nginx.log", "-c", f"{directory}/nginx.conf"]


def pages(directory):
    """A thread and a list of threads over HTTP, beside the same bytes from a bare server of the same kind and from nginx."""
    data = directory / "http"
    generate(data, *((200, 200, 5000) if QUICK else (1000, 1000, 50_000)))
    # nginx's workers are another user.
    os.chmod(directory, 0o755)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    limits = {f"MIKROFORETAG_LIMITS_{kind}": "off" for kind in ("READ", "WRITE", "SIGN_IN", "REGISTER", "MAIL")}
    command = [PROGRAM, "serve", "--data", data, "--mail", directory / "mail", "--port", port, "--log-level", "error"]
    measured = []
    with serving(port, command, "/healthz", env={**os.environ, **limits}):
        forum = urllib.request.urlopen(base + "/forum").read().decode()
        listing = re.search(r'<main.*?href="(/forum/[^"/]+)"', forum, re.DOTALL).group(1)
        threads = re.findall(r'href="(/trad/[^"?#]+)"', urllib.request.urlopen(base + listing).read().decode())
        cookie = signed_in(base)
        for name, path in (("thread", threads[0]), ("list", listing)):
            for who, key in (("signed out", None), ("signed in", cookie)):
                request = urllib.request.Request(base + path, headers={"Cookie": key} if key else {})
                page = urllib.request.urlopen(request).read()
                if key and b"medlem1-1" not in page:
                    sys.exit("script/bench: signing in did not work")
                measured.append((f"{name}, {who} ({len(page):,} bytes)", page, wrk(base + path, key)))
    for name, page, rate in measured:
        (directory / "www").mkdir(exist_ok=True)
        file = directory / "www" / "page.html"
        file.write_bytes(page)
        port = free_port()
        with serving(port, [TOOLS / "fixed-bytes", port, file]):
            fixed = wrk(f"http://127.0.0.1:{port}/")
        port = free_port()
        with serving(port, nginx(directory, port, file), "/page.html"):
            best = wrk(f"http://127.0.0.1:{port}/page.html")
        report(
            name, rate,
            [("same bytes, same server", fixed, "page of fixed bytes"), ("same bytes, nginx from a file", best, "page of nginx")],
            "requests/s")


directory = pathlib.Path(tempfile.mkdtemp(prefix="mikroforetag-bench-"))
try:
    for part in PARTS:
        {"appends": appends, "rebuild": rebuild, "http": pages}[part](directory)
finally:
    shutil.rmtree(directory, ignore_errors=True)
if below:
    sys.exit("below the floor: " + "; ".join(dict.fromkeys(below)))
