"""The site serving https itself."""
import os
import socket
import ssl
import subprocess
import time
import urllib.request

import pytest

from site_process import PROGRAM, ROOT, Site, free_port


def make_pair(directory, name, kind=("ec", "-pkeyopt", "ec_paramgen_curve:P-256")):
    certificate, key = directory / f"{name}.pem", directory / f"{name}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", *kind, "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    return certificate, key


def serve(site, certificate, key, port, **settings):
    environment = {
        **os.environ, "MIKROFORETAG_TLS_CERTIFICATE": str(certificate), "MIKROFORETAG_TLS_KEY": str(key), **settings}
    return subprocess.Popen(
        [PROGRAM, "serve", "--data", site.data, "--mail", site.mail, "--host", "localhost", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=open(site.log, "w"))


def answered(process, port):
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            return socket.create_connection(("localhost", port), timeout=30).close()
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the site did not start")


@pytest.fixture(scope="module")
def stopped_site(tmp_path_factory):
    """A site that is not started yet."""
    return Site(tmp_path_factory.mktemp("https"))


def test_pages_come_over_tls_only_and_with_hsts(stopped_site, tmp_path):
    certificate, key = make_pair(tmp_path, "own")
    port = free_port()
    process = serve(stopped_site, certificate, key, port)
    try:
        answered(process, port)
        trust = ssl.create_default_context(cafile=certificate)
        answer = urllib.request.urlopen(f"https://localhost:{port}/logga-in", context=trust, timeout=30)
        assert answer.status == 200 and "Logga in" in answer.read().decode()
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-") and cookie.endswith("; Secure")
        with socket.create_connection(("localhost", port), timeout=30) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"HTTP" not in plain.recv(100)
    finally:
        process.terminate()
    assert process.wait(timeout=60) == 0


def test_an_invalid_certificate_or_key_stops_the_start(stopped_site, tmp_path):
    certificate, key = make_pair(tmp_path, "own")
    _, other_key = make_pair(tmp_path, "other")
    for pair, words in (
        ((key, certificate), "do not make a pair"), ((certificate, other_key), "do not make a pair"),
        ((tmp_path / "missing", key), "cannot be read"),
    ):
        process = serve(stopped_site, *pair, free_port())
        assert process.wait(timeout=60) == 70
        errors = stopped_site.log.read_text()
        assert errors.startswith("mikroforetag: ") and words in errors and len(errors.splitlines()) == 1, errors


def shakes_hands(port, *options):
    """Whether a client limited to these protocols or ciphers gets a connection."""
    done = subprocess.run(
        ["openssl", "s_client", "-connect", f"localhost:{port}", "-brief", *options], stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=60)
    return "CONNECTION ESTABLISHED" in done.stdout + done.stderr


@pytest.mark.parametrize("kind, name", [
    (("ec", "-pkeyopt", "ec_paramgen_curve:P-256"), "ECDSA"), (("rsa:2048",), "RSA")])
def test_only_current_tls_versions_are_accepted(stopped_site, tmp_path, kind, name):
    port = free_port()
    process = serve(
        stopped_site, *make_pair(tmp_path, "own", kind), port, MIKROFORETAG_TLS_HSTS_SUBDOMAINS="true")
    try:
        answered(process, port)
        for cipher in (f"ECDHE-{name}-AES128-GCM-SHA256", f"ECDHE-{name}-AES256-GCM-SHA384", f"ECDHE-{name}-CHACHA20-POLY1305"):
            assert shakes_hands(port, "-tls1_2", "-cipher", cipher), cipher
        assert shakes_hands(port, "-tls1_3")
        for cipher in (
            f"ECDHE-{name}-AES128-SHA", f"ECDHE-{name}-AES256-SHA384", "AES128-GCM-SHA256", "AES128-SHA",
            "DHE-RSA-AES128-GCM-SHA256", "NULL", "PSK",
        ):
            assert not shakes_hands(port, "-tls1_2", "-cipher", f"{cipher}:@SECLEVEL=0"), cipher
        for version in ("-tls1", "-tls1_1"):
            assert not shakes_hands(port, version, "-cipher", "ALL:@SECLEVEL=0"), version
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        answer = urllib.request.urlopen(f"https://localhost:{port}/healthz", context=trust, timeout=30)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    finally:
        process.terminate()
    assert process.wait(timeout=60) == 0


def test_a_handshake_that_never_ends_does_not_stop_the_site(stopped_site, tmp_path):
    port = free_port()
    process = serve(stopped_site, *make_pair(tmp_path, "own"), port)
    try:
        answered(process, port)
        half = [socket.create_connection(("localhost", port), timeout=30) for _ in range(3)]
        half[1].sendall(b"\x16\x03\x01\x02\x00\x01")
        half[2].sendall(b"GET / HTTP/1.1\r\n")
    finally:
        process.terminate()
    assert process.wait(timeout=60) == 0
