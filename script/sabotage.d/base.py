"""The community that the plants start from: each thing that has a promise happened in it once, and was kept."""
from community import Community, moment

START = moment("2024-03-04 09:00")


class Base(Community):
    """`astrid` and `berit` are administrators, `moa` a moderator; `disa`, `edit`, `frida` and `gun` are members."""

    def __init__(self):
        super().__init__(START)
        self.publish_policy("2019-08-18")
        self.publish_terms("2019-08-18")
        self.at(START + 88 * 86_400_000, Community.rotate_keys)
        for name in ("astrid", "berit", "moa", "disa", "edit", "frida", "gun"):
            setattr(self, name, self.join(name))
        self.grant("administrator", self.astrid)
        self.grant("administrator", self.berit)
        self.grant("moderator", self.moa)
        self.forum = self.category(self.astrid)
        self.talk, self.first = self.thread(self.disa, self.forum)
        self.second = self.post(self.edit, self.talk)
        self.sign_in(self.disa)
        self.wait(hours=2)
        self.conversation, self.message_sent = self.converse(self.disa, self.edit)
        self.mail("new-message", self.edit, asked=len(self.log.events))
        self.report_message(self.edit, self.conversation, self.message_sent)
        self.open_message(self.astrid, self.conversation, self.message_sent)
        self.question = self.open_case(self.edit)
        self.wait(hours=3)
        self.reply(self.question, self.astrid)
        self.close_case(self.question, self.astrid)
        self.wait(days=1)
        self.consent(self.frida, "visible-name")
        self.set_password(self.frida)
        self.change_address(self.frida)
        correction = self.request_correction(self.edit)
        self.wait(days=2)
        self.decide_correction(correction, self.edit, self.astrid)
        self.deleted = self.post(self.disa, self.talk)
        self.delete_post(self.disa, self.deleted)
        self.wait(days=10)
        self.rights = self.open_case(self.frida, "rights", right="access")
        self.wait(days=3)
        self.decide(self.rights, self.astrid, erased_after=36)
        self.view(self.gun, f"member:{self.astrid}")
        self.lapsing = self.sign_up("hanna")
        self.wait(days=8)
        self.answer_newsletter(self.gun, True)
        self.mail("newsletter", self.gun, asked=len(self.log.events))
