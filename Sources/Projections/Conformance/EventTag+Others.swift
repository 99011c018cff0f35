import Events
import Forum
import Messaging

// The purpose of each event outside accounts, and the clauses that it is evidence for.

extension CategoryEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .created, .described, .closed, .reopened, .ordered: Tag(.forum, .writing)
        }
    }
}

extension ThreadEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .opened, .retitled, .pinned, .unpinned: Tag(.forum, .writing)
        case .closed, .reopened, .moved: Tag(.moderation, .abuse)
        case .titleErased: Tag(.moderation, .rectification, .abuse)
        }
    }
}

extension PostEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .published, .revised: Tag(.forum, .writing)
        case .deleted, .restored, .deletionCompleted, .revisionDeleted, .revisionRestored, .revisionDeletionCompleted:
            Tag(.forum, .ownDeletion, .writing)
        case .removed, .reinstated: Tag(.moderation, .abuse)
        case .erased: Tag(.moderation, .rectification, .abuse)
        }
    }
}

extension ConversationEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .begun, .sent, .read, .left, .muted, .unmuted, .blocked, .unblocked: Tag(.messages, .writing)
        case .messageDeleted, .messageRestored, .messageDeletionCompleted: Tag(.messages, .ownDeletion, .writing)
        case .erased: Tag(.messages, .erasure)
        case .reported: Tag(.moderation, .writing, .abuse)
        case .opened: Tag(.moderation, .writing, .administrationOnly)
        case .messageErased: Tag(.moderation, .writing, .abuse, .rectification)
        }
    }
}

extension NotificationEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .watched, .unwatched, .opened, .read: Tag(.forum, .writing)
        case .mailAsked, .digestAsked: Tag(.messages, .mailChoices, .mailDefaults)
        }
    }
}

extension CaseEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .opened: Tag(.cases, .contact, .rights, .disputeMail, .respect, .writing)
        case .contactGiven, .noted, .assigned, .reopened, .mailFiled: Tag(.cases, .contact)
        case .stated: Tag(.cases, .contact, .answers, .writing)
        case .replied: Tag(.cases, .answers, .disputeMail)
        case .warned: Tag(.cases, .answers)
        case .closed: Tag(.cases, .contact, .soonest)
        case .decided: Tag(.cases, .rights, .disputeMail, .abuse)
        case .appealed: Tag(.cases, .abuse, .disputeMail)
        case .extended: Tag(.cases, .rights)
        case .identityChecked, .identified: Tag(.cases, .identityProof)
        case .mailSetAside, .mailReceived, .answersDirected: Tag(.cases, .identityProof, .contact)
        case .erased: Tag(.cases, .rights, .rectification, .soonest)
        }
    }
}

extension MailEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .handedOver: Tag(.serviceMail, .mailChoices, .mailDefaults, .newsletter)
        case .givenUp: Tag(.serviceMail, .mailChoices)
        case .suppressed: Tag(.serviceMail, .mailChoices, .mailDefaults)
        case .released: Tag(.serviceMail, .storage)
        case .bounced, .addressRetried: Tag(.serviceMail, .mailDefaults)
        }
    }
}

extension NewsletterEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .drafted, .revised, .testRequested, .scheduled, .unscheduled, .begun, .finished, .stopped, .discarded,
            .withdrawn:
            Tag(.newsletter, .newsletter)
        }
    }
}

extension ErasureEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .fenced: Tag(.accountability, .erasure, .soonest)
        case .completed: Tag(.accountability, .erasure)
        case .deferred: Tag(.disclosure, .disclosure)
        }
    }
}

extension OperationEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .backupBegun, .keysRotated, .keysBackedUp: Tag(.security, .storage)
        case .keyEpochDestroyed: Tag(.security, .storage, .erasure)
        case .logContinued: Tag(.accountability, .storage)
        }
    }
}

extension ConformanceEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .filesJudged: Tag(.accountability, .purposes)
        }
    }
}
