"""Which cluster each new picture of a chunk belongs to: one that is there, or one that the chunk starts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotation_server.choices import Split
from annotation_server.intake.import_report import ImportReport
from annotation_server.intake.prepared_rows import PreparedRow
from annotation_server.models import ImageCluster, Project
from annotation_server.pictures.decoding import Decoded
from annotation_server.queries.images.near_duplicates import Look, looks_same, near_duplicates
from annotation_server.steps.imports.import_images.insert_rows import insert_rows


@dataclass(kw_only=True, eq=False)
class Place:
    """A cluster that is there (`id`), or one that this chunk starts (0 until it is created)."""

    split: str
    id: int = 0


@dataclass(kw_only=True)
class Clustering:
    """The new pictures of one chunk, one after the other. Call it while the project is held."""

    project: Project
    report: ImportReport
    _seen: list[tuple[Look, Place]] = field(default_factory=list)

    def places(self, prepared_rows: Sequence[PreparedRow]) -> list[Place]:
        """A place for each, with new clusters created. Near-duplicates are together."""
        looks = [_look(prepared.decoded) for prepared in prepared_rows if prepared.decoded is not None]
        stored = near_duplicates(project=self.project, looks=looks)
        places: list[Place] = []
        for prepared, look, neighbours in zip(prepared_rows, looks, stored, strict=True):
            near = [place for other, place in self._seen if looks_same(look, other)]
            near += [Place(id=one.cluster_id, split=one.split) for one in neighbours]
            place = self._place(prepared, near)
            self._seen.append((look, place))
            places.append(place)
        self._create({id(place): place for place in places if place.id == 0})
        return places

    def _place(self, prepared: PreparedRow, near: list[Place]) -> Place:
        """A held-out near-duplicate wins: training must not see the picture then."""
        row = prepared.row
        if not near:
            drawn = drawn_split(sha256=prepared.sha256, eval_share=self.project.eval_share)
            return Place(split=row.split or drawn)
        place = next((one for one in near if one.split == Split.EVAL), near[0])
        self.report.joined_clusters += 1
        if row.split and row.split != place.split:
            text = f"Put into {place.split} instead of {row.split}: a near-duplicate of it is there."
            self.report.note(number=row.number, name=row.name, text=text)
        return place

    def _create(self, fresh: dict[int, Place]) -> None:
        clusters = [ImageCluster(project=self.project, split=place.split) for place in fresh.values()]
        insert_rows(clusters)
        for place, cluster in zip(fresh.values(), clusters, strict=True):
            place.id = cluster.pk


def drawn_split(*, sha256: str, eval_share: float) -> str:
    """The split of an image that no row decides: by its hash, so that it is the same in every import."""
    return Split.EVAL if int(sha256[:8], 16) / 2**32 < eval_share else Split.TRAIN


def _look(decoded: Decoded) -> Look:
    return Look(perceptual_hash=decoded.perceptual_hash, colour_grid=decoded.colour_grid)
