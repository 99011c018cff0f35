"""Runs the measurements of script/bench and prints each next to its ceiling."""
import contextlib
import datetime
import http.cookiejar
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

PROGRAM, TOOLS = os.environ["PROGRAM"], pathlib.Path(os.environ["TOOLS"])
ROOT = pathlib.Path(__file__).resolve().parent.parent
QUICK = "--quick" in sys.argv
PARTS = [word for word in sys.argv[1:] if not word.startswith("-")] or ["appends", "rebuild", "preview", "audit", "http", "memory", "retention"]
if not set(PARTS) <= {"appends", "rebuild", "preview", "audit", "http", "memory", "retention"} or any(
    word != "--quick" for word in sys.argv[1:] if word.startswith("-")
):
    sys.exit("usage: script/bench [--quick] [appends|rebuild|preview|audit|http|memory|retention]")

# What the site promises on two idle cores. Without a number, the figure is only shown.
APPENDS_16_A_SECOND, REBUILD_A_SECOND, AUDIT_A_SECOND = 25_000, 100_000, 200_000
OF_C = {1: 0.4, 16: 0.6, 64: 0.5}
THREAD_OF_NGINX = {"signed out": 0.25, "signed in": 0.15}
PRIVATE_MEGABYTES = 80
SIGN_INS_GONE_SECONDS = 60
below = []


def judged(name, is_good, floor):
    """The text after a figure that has a floor or a limit."""
    if not is_good:
        below.append(name)
    return f", {floor}" + ("" if is_good else "  NOT REACHED")


def report(name, value, ceilings, unit, floor=None):
    print(f"{name:<40}{value:>12,.0f} {unit}" + ("" if floor is None else judged(name, value >= floor, f"floor {floor:,}")))
    for label, ceiling, share in ceilings:
        ratio = value / ceiling
        verdict = "" if share is None else judged(name, ratio >= share, f"floor {share:.2f}")
        print(f"  {label:<38}{ceiling:>12,.0f} {unit}   ratio {ratio:.2f}{verdict}")
    sys.stdout.flush()


def program(*words):
    done = subprocess.run([PROGRAM, *map(str, words)], cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1]) if "--json" in words else done.stdout


def tool(name, *words):
    return float(subprocess.run([TOOLS / name, *map(str, words)], check=True, capture_output=True, text=True).stdout)


def generate(data, members, threads, posts):
    program("generate", "--data", data, "--members", members, "--threads", threads, "--posts", posts)


def million(directory):
    """A site with a million events, about half of them with a sealed part; made once."""
    data = directory / "million"
    if not data.exists():
        generate(data, *((300, 600, 14_000) if QUICK else (2000, 20_000, 286_200)))
        with contextlib.closing(sqlite3.connect(f"file:{data}/log.sqlite?mode=ro", uri=True)) as log:
            events, sealed = log.execute("SELECT count(*), count(sealed) FROM events").fetchone()
        print(f"a log of {events:,} events, {sealed / events:.0%} of them sealed")
        if not 0.48 <= sealed / events <= 0.52 or not QUICK and events < 1_000_000:
            sys.exit("script/bench: that is not the log that was to be measured")
    return data


def appends(directory):
    """Durable appends, half of the events sealed, compared with C inserting the same rows in transactions of the same mean size.

    The log alone, like C; and once with the views following, as in a site."""
    data = directory / "appends"
    generate(data, 10, 10, 10)
    for writers, events in ((1, 20_000), (16, 200_000), (64, 400_000)):
        count = events // 10 if QUICK else events
        ours = program("log-load", "--data", data, "--writers", writers, "--events", count, "--json")
        batch = ours["events"] / ours["transactions"]
        target = directory / "insert.sqlite"
        ceiling = tool("insert", data / "log.sqlite", target, ours["events"], batch)
        for file in directory.glob("insert.sqlite*"):
            file.unlink()
        report(
            f"appends, {writers} writer{'s' if writers > 1 else ''}", ours["eventsPerSecond"],
            [(f"C, same rows, {batch:.1f} a transaction", ceiling, OF_C[writers])], "events/s",
            floor=APPENDS_16_A_SECOND if writers == 16 else None)
    # In a separate directory: the views cannot apply posts without an author.
    site = directory / "appends-with-views"
    generate(site, 10, 10, 10)
    count = 20_000 if QUICK else 200_000
    ours = program("append-load", "--data", site, "--writers", 16, "--events", count, "--json")
    report("appends, 16 writers, with views", ours["eventsPerSecond"], [], "events/s")


def rebuilt(data):
    """One rebuild, after all earlier writes have reached the disk."""
    os.sync()
    return program("views", "rebuild", "--data", data, "--json")


def rebuild(directory):
    """All views rebuilt from the log, compared with only reading the same file."""
    data = million(directory)
    rebuilt(data)
    # The machine's speed varies: the median of three.
    ours = sorted((rebuilt(data) for _ in range(3)), key=lambda run: run["eventsPerSecond"])[1]
    report(
        f"rebuild of {ours['events']:,} events", ours["eventsPerSecond"],
        [("bare scan of the same file", tool("scan", data / "log.sqlite"), None)], "events/s", floor=REBUILD_A_SECOND)


def preview(directory):
    """What a version of the policy would change: all views built under it and compared with those in use, next to a plain rebuild."""
    data = million(directory)
    draft = directory / "draft"
    draft.mkdir()
    # It changes what is shown of members, and takes effect in the future.
    example = ROOT / "Fixtures/policies/2028-03-01"
    tomorrow = datetime.date.today() + datetime.timedelta(days=2)
    for name in ("policy.md", "rules.yaml"):
        (draft / name).write_text((example / name).read_text().replace("2028-03-01", str(tomorrow)))
    built = rebuilt(data)
    ours = program("policy", "preview", draft, "--data", data, "--json")
    report(
        f"preview over {ours['events']:,} events", ours["eventsPerSecond"],
        [("rebuild of the same log", built["eventsPerSecond"], None)], "events/s")


def audit(directory):
    """`policy audit` over a copy of the log alone, and over the whole data directory, compared with only reading the same file."""
    data, bare = million(directory), directory / "bare"
    bare.mkdir()
    with contextlib.closing(sqlite3.connect(f"file:{data}/log.sqlite?mode=ro", uri=True)) as log:
        log.execute("VACUUM INTO ?", (str(bare / "log.sqlite"),))
    ceiling = tool("scan", bare / "log.sqlite")
    for name, folder, floor in (("the log", bare, AUDIT_A_SECOND), ("the log and all files", data, None)):
        start = time.monotonic()
        # Bulk data breaks promises of its own, such as mails that nobody sends; the exit status says so.
        done = subprocess.run([PROGRAM, "policy", "audit", "--data", folder, "--json"], capture_output=True, text=True)
        seconds = time.monotonic() - start
        if done.returncode not in (0, 1, 3):
            sys.exit(f"script/bench: {done.stderr}")
        events = json.loads(done.stdout.splitlines()[-1])["events"]
        report(f"audit of {events:,} events, {name}", events / seconds, [("bare scan of the log", ceiling, None)], "events/s", floor)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def serving(port, command, path="/", **options):
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, cwd=ROOT, **options)
    try:
        for _ in range(3000):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).read()
                break
            if process.poll() is not None:
                sys.exit(f"script/bench: {command[0]} did not start")
            time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def wrk(url, cookie=None):
    """Requests a second with 16 connections; every response must be a success."""
    header = ["-H", f"Cookie: {cookie}"] if cookie else []
    seconds = 2 if QUICK else 4
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


@contextlib.contextmanager
def site(directory):
    """The program serving the million events, without rate limits."""
    data = million(directory)
    port = free_port()
    limits = {f"MIKROFORETAG_LIMITS_{kind}": "off" for kind in ("READ", "WRITE", "SIGN_IN", "REGISTER", "MAIL")}
    command = [PROGRAM, "serve", "--data", data, "--mail", directory / "mail", "--port", port, "--log-level", "error"]
    with serving(port, command, "/healthz", env={**os.environ, **limits}) as process:
        yield f"http://127.0.0.1:{port}", process


def read(url, cookie=None):
    return urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": cookie} if cookie else {})).read()


def listing_and_threads(base, number=1):
    """The address of a list of threads, and those of the threads on one of its pages."""
    forum = read(base + "/forum").decode()
    listing = re.search(r'<main.*?href="(/forum/[^"/]+)"', forum, re.DOTALL).group(1)
    page = read(f"{base}{listing}?sida={number}").decode()
    return listing, list(dict.fromkeys(re.findall(r'href="(/trad/[^"?#]+)"', page)))


def pages(directory):
    """A thread and a list of threads over HTTP, compared with the same bytes from a bare server of the same kind and from nginx."""
    # nginx's workers are another user.
    os.chmod(directory, 0o755)
    with site(directory) as (base, _):
        listing, threads = listing_and_threads(base)
        cookie = signed_in(base)
        for name, path in (("thread", threads[0]), ("list", listing)):
            for who, key in (("signed out", None), ("signed in", cookie)):
                page = read(base + path, key)
                if key and b"medlem1-1" not in page:
                    sys.exit("script/bench: signing in did not work")
                rate, fixed, best = side_by_side(directory, page, base + path, key)
                report(
                    f"{name}, {who} ({len(page):,} bytes)", rate,
                    [("same bytes, Hummingbird alone", fixed, None),
                     ("same bytes, nginx from a file", best, THREAD_OF_NGINX[who] if name == "thread" else None)],
                    "requests/s")


def side_by_side(directory, page, url, cookie):
    """The site, a bare server and nginx in turn, so that other load on the machine affects all of them."""
    file = directory / "www" / "page.html"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(page)
    bare, best = free_port(), free_port()
    with serving(bare, [TOOLS / "fixed-bytes", bare, file]), serving(best, nginx(directory, best, file), "/page.html"):
        rounds = [
            (wrk(url, cookie), wrk(f"http://127.0.0.1:{bare}/"), wrk(f"http://127.0.0.1:{best}/page.html")) for _ in range(5)]
    return map(statistics.median, zip(*rounds))


def memory(directory):
    """The private memory of a serving process after a thousand page views, half of them by a member."""
    with site(directory) as (base, process):
        cookie = signed_in(base)
        views = 0
        number = 1
        while views < 1000:
            listing, threads = listing_and_threads(base, number)
            for path in threads + [f"{listing}?sida={number}"]:
                read(base + path)
                read(base + path, cookie)
                views += 2
            # The smaller log has fewer lists.
            number = number % 25 + 1
        rollup = pathlib.Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        megabytes = sum(int(size) for size in re.findall(r"Private_\w+:\s+(\d+) kB", rollup)) / 1024
    name = f"private memory after {views:,} page views"
    print(f"{name:<40}{megabytes:>12,.1f} MB" + judged(name, megabytes < PRIVATE_MEGABYTES, f"less than {PRIVATE_MEGABYTES}"))


def retention(directory):
    """The details of a million sign-ins whose time is out, erased by one run; then the next start, with nothing due."""
    data = directory / "retention"
    count = 50_000 if QUICK else 1_000_000
    program("generate", "--data", data, "--members", 100, "--threads", 0, "--posts", 0, "--sign-ins", count, "--days-ago", 200)
    program("views", "rebuild", "--data", data)
    os.sync()
    start = time.monotonic()
    done = program("retention", "run", "--data", data)
    seconds = time.monotonic() - start
    if f"sign-in-details  {count}" not in done:
        sys.exit(f"script/bench: the sign-ins were not erased: {done}")
    name = f"erasing {count:,} expired sign-ins"
    print(f"{name:<40}{seconds:>12,.1f} s" + judged(name, seconds < SIGN_INS_GONE_SECONDS, f"less than {SIGN_INS_GONE_SECONDS}"))
    start = time.monotonic()
    program("retention", "run", "--data", data)
    print(f"{'a start afterwards':<40}{time.monotonic() - start:>12,.1f} s")


directory = pathlib.Path(tempfile.mkdtemp(prefix="mikroforetag-bench-"))
try:
    for part in PARTS:
        {
            "appends": appends, "rebuild": rebuild, "preview": preview, "audit": audit, "http": pages, "memory": memory,
            "retention": retention,
        }[part](directory)
finally:
    shutil.rmtree(directory, ignore_errors=True)
if below:
    sys.exit("not reached: " + "; ".join(dict.fromkeys(below)))
