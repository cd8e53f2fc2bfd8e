"""For who lost phone and recovery codes: the account is left with its password and links alone."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from annotation_server import audit
from annotation_server.models import User


def reset_second_factor(*, user: User, reset_by: User | None) -> int:
    """Remove authenticator app, passkeys and recovery codes. Returns how many there were."""
    with transaction.atomic():
        factors = Authenticator.objects.select_for_update().filter(user=user)
        kinds = sorted(factor.type for factor in factors)
        factors.delete()
        if kinds:
            audit.record(
                actor=reset_by,
                verb="user.second_factor_reset",
                subject=user,
                project=None,
                before={"types": kinds},
            )
    return len(kinds)
