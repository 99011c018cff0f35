"""The real program, serving a demo community on a free port."""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

PROGRAM = os.environ["PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]


class Site:
    def __init__(self, directory):
        self.data = directory / "data"
        self.mail = directory / "mail"
        self.log = directory / "log"
        demo = subprocess.run(
            [PROGRAM, "demo", "--data", self.data, "--json"], cwd=ROOT, check=True, capture_output=True, text=True)
        facts = json.loads(demo.stdout)
        self.password = facts["password"]
        self.verifier_key = facts["verifierKey"]
        self.usernames = {member["role"]: member["username"] for member in facts["members"]}
        self.url = f"http://127.0.0.1:{free_port()}"

    def start(self):
        # All tests come from one address, and faster than people.
        limits = (
            "READ", "WRITE", "SIGN_IN", "SIGN_IN_NAME", "SIGN_IN_ACCOUNT", "SIGN_IN_DEVICE", "REGISTER", "MAIL", "RECIPIENT", "PREVIEW",
            "THREADS", "POSTS", "CONVERSATIONS", "MESSAGES", "REPORTS", "CASES", "NEW_THREADS", "NEW_POSTS", "NEW_CONVERSATIONS",
            "NEW_MESSAGES", "NEW_REPORTS", "NEW_CASES")
        environment = {**os.environ, **{f"MIKROFORETAG_LIMITS_{kind}": "off" for kind in limits}}
        command = [
            PROGRAM, "serve", "--data", self.data, "--mail", self.mail, "--port", self.url.rsplit(":", 1)[1],
            "--log-level", "warning"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=open(self.log, "a"), stderr=subprocess.STDOUT)
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                return urllib.request.urlopen(self.url + "/healthz", timeout=5).read()
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise RuntimeError(f"the site did not start: {self.log.read_text()}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def command(self, *words):
        """Runs a command of the program on the data of this site."""
        subprocess.run([PROGRAM, *words, "--data", self.data], cwd=ROOT, check=True, capture_output=True)

    def get(self, path):
        return urllib.request.urlopen(self.url + path, timeout=30).read().decode()

    def mailed_link(self, address, path):
        """The newest link under `path` that was mailed to `address`."""
        for _ in range(300):
            mails = sorted((self.mail / "new").glob("*"), key=lambda file: file.stat().st_mtime, reverse=True)
            for file in mails:
                text = readable(file)
                link = re.search(re.escape(self.url) + re.escape(path) + r"[A-Za-z0-9_-]+", text)
                if address in text and link:
                    return link.group(0)
            time.sleep(0.1)
        raise AssertionError(f"no mail to {address} with a link to {path}")


def readable(file):
    import email
    import email.policy

    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return f"{message['To']}\n{body.get_content() if body else ''}"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
