"""A local mail relay (aiosmtpd) that misbehaves as the test requests."""
import asyncio
import collections
import email
import email.policy
import ssl
import threading

from aiosmtpd.controller import Controller


class Relay:
    """`taken` has the accepted mails in order: (envelope sender, recipient, message)."""

    def __init__(self, port=0, certificate=None, key=None):
        self.taken, self.tried = [], collections.Counter()
        # By recipient: refuse, accept and stop responding, or disconnect before or after the mail's last line.
        self.refuses, self.drops = set(), set()
        # By recipient: seconds before it responds to a mail.
        self.slow = {}
        self.lock = threading.Lock()
        context = None
        if certificate:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate, key)
        self.controller = Controller(
            self, hostname="127.0.0.1", port=port, tls_context=context, data_size_limit=1 << 20, enable_SMTPUTF8=True)

    def start(self):
        self.controller.start()
        return self

    def stop(self):
        self.controller.stop()

    @property
    def port(self):
        return self.controller.port

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.tried[address] += 1
        if address in self.refuses:
            return "550 5.1.1 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(max([self.slow.get(address, 0) for address in envelope.rcpt_tos]))
        with self.lock:
            for address in envelope.rcpt_tos:
                self.taken.append((envelope.mail_from, address, envelope.content))
        if self.drops & set(envelope.rcpt_tos):
            # The mail is accepted, but the client gets no response.
            server.transport.abort()
        return "250 taken"

    def counts(self, subject=None):
        """The number of mails each recipient got, with this subject or any."""
        with self.lock:
            return collections.Counter(
                address for _, address, content in self.taken if subject in (None, message(content)["Subject"]))

    def messages(self, address, subject=None):
        with self.lock:
            messages = [message(content) for _, recipient, content in self.taken if recipient == address]
        return [message for message in messages if subject in (None, message["Subject"])]


def message(content):
    return email.message_from_bytes(content, policy=email.policy.SMTPUTF8)
