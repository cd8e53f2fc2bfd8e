"""Captions that wait for a verdict, as a reviewer's queue shows them: what each was made from, and what was said of it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation_server.api.pictures import TaskImageSerializer, image_of_task
from annotation_server.choices import CheckKind, ConceptOutcome, DropReason, StartingText, Verdict
from annotation_server.models import Caption, Review
from annotation_server.queries.review.review_levels import level_name
from annotation_server.queries.review.review_queue import earlier_reviews
from annotation_server.texts.phrases import unique


class SiblingSerializer(serializers.Serializer[Any]):
    """Somebody else's caption of the same image in the same round."""

    task = serializers.IntegerField()
    caption = serializers.IntegerField()
    annotator = serializers.CharField()
    text = serializers.CharField()


class PlantedErrorSerializer(serializers.Serializer[Any]):
    """What was planted into a check task: `wrong` in the place of `right` (empty: nothing stood there)."""

    kind = serializers.ChoiceField(choices=CheckKind.choices)
    wrong = serializers.CharField()
    right = serializers.CharField()
    passed = serializers.BooleanField(allow_null=True)


class EarlierReviewSerializer(serializers.Serializer[Any]):
    """What an earlier level of review said of the caption."""

    level = serializers.IntegerField()
    level_name = serializers.SerializerMethodField()
    reviewer = serializers.CharField(source="reviewer.username")
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    comment = serializers.CharField()

    def get_level_name(self, review: Review) -> str:
        """Empty where the level has none."""
        return level_name(names=self.context["level_names"], level=review.level)


class OwnVerdictSerializer(serializers.ModelSerializer[Review]):
    """What the caller said of the caption before, which a new verdict of theirs replaces."""

    class Meta:
        model = Review
        fields = ["verdict", "comment", "created_at"]


class ConceptAnswerSerializer(serializers.Serializer[Any]):
    """What became of one phrase of the alt-text, as the caption's author says; `reason` is empty where there is none."""

    phrase = serializers.CharField()
    outcome = serializers.ChoiceField(choices=ConceptOutcome.choices)
    reason = serializers.ChoiceField(choices=DropReason.choices, allow_blank=True)


class WaitingCaptionSerializer(serializers.ModelSerializer[Caption]):
    """A caption that waits for a verdict, with what it was made from."""

    task = serializers.IntegerField(source="task_id")
    annotator = serializers.CharField(source="annotator.username")
    starting_text = serializers.CharField(source="task.starting_text")
    starting_source = serializers.ChoiceField(choices=StartingText.choices, source="task.starting_source")
    flagged = serializers.BooleanField(source="task.flagged")
    flag_note = serializers.CharField(source="task.flag_note")
    alt_texts = serializers.SerializerMethodField()
    siblings = serializers.SerializerMethodField()
    check = serializers.SerializerMethodField()
    flag_reason = serializers.CharField(source="task.flag_reason")
    level = serializers.SerializerMethodField()
    level_name = serializers.SerializerMethodField()
    levels = serializers.IntegerField(source="task.round.review_levels")
    earlier_reviews = serializers.SerializerMethodField()
    phrases = serializers.SerializerMethodField()
    concepts = serializers.SerializerMethodField()
    own_verdict = serializers.SerializerMethodField()
    image = serializers.SerializerMethodField()

    class Meta:
        model = Caption
        fields = [
            "id",
            "task",
            "text",
            "annotator",
            "late",
            "seconds",
            "created_at",
            "starting_text",
            "starting_source",
            "flagged",
            "flag_note",
            "alt_texts",
            "siblings",
            "check",
            "flag_reason",
            "level",
            "level_name",
            "levels",
            "earlier_reviews",
            "phrases",
            "concepts",
            "own_verdict",
            "image",
        ]

    @extend_schema_field(SiblingSerializer(many=True))
    def get_siblings(self, caption: Caption) -> list[dict[str, Any]]:
        """Where several people caption an image: the others' captions, to pick from or to merge."""
        of_image = self.context["siblings"].get(caption.task.image_id, [])
        return [vars(one) for one in of_image if one.task != caption.task_id]

    def get_level(self, caption: Caption) -> int:
        """The level of review that is to decide now, or once more."""
        if self._own(caption) is not None:
            return caption.task.review_level
        return caption.task.review_level + 1 if caption.task.current_caption_id == caption.pk else 1

    def get_level_name(self, caption: Caption) -> str:
        """Who reviews at that level; empty where it has no name."""
        return level_name(names=caption.task.round.review_level_names, level=self.get_level(caption))

    @extend_schema_field(EarlierReviewSerializer(many=True))
    def get_earlier_reviews(self, caption: Caption) -> list[dict[str, Any]]:
        """In the order of their levels."""
        context = {"level_names": caption.task.round.review_level_names}
        level = self.get_level(caption)
        earlier = [review for review in earlier_reviews(caption=caption) if review.level < level]
        return list(EarlierReviewSerializer(earlier, many=True, context=context).data)

    def get_phrases(self, caption: Caption) -> list[str]:
        """The concrete phrases of the alt-texts, found at import."""
        return unique(
            phrase for alt_text in caption.task.image.alt_texts.all() for phrase in alt_text.phrases or []
        )

    @extend_schema_field(ConceptAnswerSerializer(many=True))
    def get_concepts(self, caption: Caption) -> list[dict[str, Any]]:
        """What the author, or an earlier level of review, said of each phrase."""
        own = next((each for each in caption.task.captions.all() if each.pk == caption.pk), caption)
        return list(ConceptAnswerSerializer(own.concepts.all(), many=True).data)

    def _own(self, caption: Caption) -> Review | None:
        place = (caption.pk, caption.task.review_level, self.context["reviewer"])
        found = earlier_reviews(caption=caption)
        return next((one for one in found if (one.caption_id, one.level, one.reviewer_id) == place), None)

    @extend_schema_field(OwnVerdictSerializer(allow_null=True))
    def get_own_verdict(self, caption: Caption) -> dict[str, Any] | None:
        """Of a caption that the caller accepted: that verdict. Null where theirs is the first."""
        own = self._own(caption)
        return None if own is None else dict(OwnVerdictSerializer(own).data)

    @extend_schema_field(PlantedErrorSerializer(allow_null=True))
    def get_check(self, caption: Caption) -> dict[str, Any] | None:
        """Of a check task that was failed or flagged: the planted error."""
        task = caption.task
        if not task.check_kind:
            return None
        names = {"kind": task.check_kind, "wrong": task.check_wrong, "right": task.check_right}
        return {**names, "passed": caption.check_passed}

    def get_alt_texts(self, caption: Caption) -> list[str]:
        """In their order."""
        return [alt_text.text for alt_text in caption.task.image.alt_texts.all()]

    @extend_schema_field(TaskImageSerializer)
    def get_image(self, caption: Caption) -> dict[str, Any]:
        """The picture."""
        return image_of_task(caption.task.image)
