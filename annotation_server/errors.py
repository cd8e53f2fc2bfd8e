"""Expected refusals: each a name, an HTTP status and one sentence that says what to do. Mapped to HTTP in api/problems.py."""


class Refusal(Exception):
    """Something that was asked for cannot be done, for a reason that the asker can understand.

    `code` (from the class name) is stable for programs; the message is for people. `extra` goes into the problem document.
    """

    status = 400

    def __init__(self, message: str, **extra: object) -> None:
        super().__init__(message)
        self.message = message
        self.extra = extra

    @property
    def code(self) -> str:
        """The class name in kebab case: RoundClosed is `round-closed`."""
        name = type(self).__name__
        return "".join(f"-{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


class NotFound(Refusal):
    """No such object, or none that the caller may see."""

    status = 404


class NotAllowed(Refusal):
    """The caller's role does not allow this."""

    status = 403


class Paused(NotAllowed):
    """The caller is a paused member of the project."""


class InvalidText(Refusal):
    """A text that cannot be stored: empty, too long, or with characters that Postgres has no place for."""


class InvalidSettings(Refusal):
    """A value of a request or command that makes no sense."""


class UnclearFaceBoxes(Refusal):
    """Boxes around faces of which nobody can tell where in the picture they are."""


class UnreadableImage(Refusal):
    """A file that is not an image we take, with the reason."""


class AddressRefused(Refusal):
    """An address that leads where this server does not go, or that does not answer."""


class UnreadableSource(Refusal):
    """An import source that cannot be read at all."""


class TookTooLong(Refusal):
    """Work on something from outside that went on for longer than is allowed."""


class SourceWithoutTexts(Refusal):
    """A source has pictures and not one text; the person who imports it must say that this is meant."""

    status = 409


class SeveralSources(Refusal):
    """What was given holds several tables that could say what the rows are; `candidates` names them."""

    status = 409


class UnknownFormat(Refusal):
    """No reader or writer of that name."""


class UploadOutOfStep(Refusal):
    """A piece of an upload that does not go on where the last one ended; `received` says where that was."""

    status = 409


class ImportNotReady(Refusal):
    """The import is in another state than what is asked for needs."""

    status = 409


class FolderNotEmpty(Refusal):
    """An export needs an empty folder."""

    status = 409


class ArchiveUnderWay(Refusal):
    """The archive of a project is being written."""

    status = 409


class RoundClosed(Refusal):
    """The round hands out no tasks and takes no texts any more (or not yet)."""

    status = 409


class RoundExists(Refusal):
    """That round was launched already, or another one is still open."""

    status = 409


class RoundUnderWay(Refusal):
    """Somebody has handed a caption in, so the launch cannot be undone."""

    status = 409


class NothingToLaunch(Refusal):
    """A round would have no task."""

    status = 409


class CohortInUse(Refusal):
    """A cohort that a round counts on stays as it is."""

    status = 409


class BaseInUse(Refusal):
    """A captioner starts from the base checkpoint, so it stays."""

    status = 409


class AdjudicationOutdated(Refusal):
    """The captions to choose from are others by now, or somebody has chosen."""

    status = 409


class NothingToTrain(Refusal):
    """A training set would have no row."""

    status = 409


class NoDrafts(Refusal):
    """There is no promoted run with drafts to start from."""

    status = 409


class TaskNotYours(Refusal):
    """The task is not, and never was, held by the caller."""

    status = 409


class TaskNotReviewable(Refusal):
    """The caption is not waiting for a verdict, or it is the reviewer's own."""

    status = 409


class NewerTextSaved(Refusal):
    """Another tab or device saved first; `text` and `version` of the newer text come along."""

    status = 409


class SubmissionReused(Refusal):
    """That submission id was used for another text."""

    status = 409


class JobNotCancellable(Refusal):
    """The job has ended."""

    status = 409


class LinkUsedUp(Refusal):
    """A sign-in link that was used, ran out, or never was."""

    status = 403


class SecondFactorNeeded(Refusal):
    """The person is who they say only after another step; a browser goes on with it, a program cannot."""

    status = 401


class ServiceUnavailable(Refusal):
    """Something that the server needs (disk, broker) is not there now."""

    status = 503


class PictureNotReady(ServiceUnavailable):
    """The picture is being made, or as many others as may be are; asked again in a moment, it is there."""


class FencedOff(Exception):
    """This worker's hold on a job was lost (another one took it, or it was ended). It must stop and write nothing."""


class JobCancelled(Exception):
    """Somebody asked for the running job to stop."""
