"""Who: users, their one-time sign-in links and their tokens for programs."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from annotation_server.choices import TokenScope

SESSION_SALT = "annotation_server.models.people.User.session"


class User(AbstractUser):
    """A person. What they may do is said per project by Membership; `is_superuser` is the site's owner."""

    sessions_ended = models.PositiveIntegerField(
        default=0, help_text="Raised to end every session that the person has."
    )

    # Set while a token of one project is used (api/authentication.py): its person is then in no other project.
    token_project_id: int | None = None

    class Meta:
        db_table = "user"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What each session of the person must know: Django's own, with the password, and how often they were ended."""
        known = f"{self.password}:{self.sessions_ended}"
        return salted_hmac(SESSION_SALT, known, secret=secret, algorithm="sha256").hexdigest()


class SignInLink(models.Model):
    """A link that signs one person in once. Only the SHA-256 of its secret is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "sign_in_link"


class ApiToken(models.Model):
    """A program's key, shown once when made. Only the SHA-256 of its secret is kept.

    It allows no more than its person may do, of that only what its scope says, and only in `project` where that is set.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=20, choices=TokenScope.choices, default=TokenScope.ADMIN)
    project = models.ForeignKey("Project", null=True, on_delete=models.CASCADE, related_name="api_tokens")
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    # Whether its person is no member of `project`, or a paused one; told where the token is used.
    is_out: bool = False

    class Meta:
        db_table = "api_token"
        constraints = [
            models.CheckConstraint(name="api_token_scope_known", condition=Q(scope__in=TokenScope.values)),
        ]
