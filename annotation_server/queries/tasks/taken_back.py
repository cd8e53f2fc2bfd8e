"""Captions that their authors took back and wrote again before anybody reviewed them: kept, as all captions are, but the next
one is what they handed in."""

# Of the row `caption` of the query around it.
TAKEN_BACK = """(
    EXISTS (SELECT FROM caption AS later WHERE later.task_id = caption.task_id
        AND later.annotator_id = caption.annotator_id AND later.id > caption.id)
    AND NOT EXISTS (SELECT FROM review AS verdict WHERE verdict.caption_id = caption.id))"""
