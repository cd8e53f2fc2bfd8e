-- Which tasks a claim may give (claim_tasks.sql says it three times): of the caller's lane; not their own previous caption, where
-- the round forbids it; no image of which they held another slot or skipped one; no check task whose draft or previous caption
-- they met in an earlier round, as it would be told at once beside what they saw then; no image that is among those found.
--
-- A working copy tells that the person held another slot of the image once: its text may still come in. Written as ARRAY(...),
-- which is looked up image by image; NOT EXISTS may become a join with everything the person did.
coalesce(task.cohort_id, 0) = lane
AND task.previous_annotator_id IS DISTINCT FROM p_annotator
AND p_annotator <> ALL (ARRAY(
    SELECT working_copy.annotator_id FROM task AS other
    JOIN working_copy ON working_copy.task_id = other.id AND working_copy.annotator_id = p_annotator
    WHERE other.round_id = p_round AND other.image_id = task.image_id AND other.id <> task.id))
AND p_annotator <> ALL (ARRAY(
    SELECT skip.annotator_id FROM task AS passed
    JOIN skip ON skip.task_id = passed.id AND skip.annotator_id = p_annotator
    WHERE passed.round_id = p_round AND passed.image_id = task.image_id))
AND (task.check_kind = '' OR p_annotator <> ALL (ARRAY(
    SELECT working_copy.annotator_id FROM task AS earlier
    JOIN working_copy ON working_copy.task_id = earlier.id AND working_copy.annotator_id = p_annotator
    WHERE earlier.image_id = task.image_id AND earlier.round_id <> p_round
      AND (earlier.draft_id = task.draft_id OR earlier.previous_caption_id = task.previous_caption_id))))
AND task.image_id <> ALL (images)
