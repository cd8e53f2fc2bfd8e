-- What the constraints of models cannot say: rows that stay, splits and starting texts that never change, held-out images that
-- never reach a training set, nobody who reviews their own caption; and what follows from a change by itself.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: no row of it is ever changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_is_append_only';
END $$;

-- Rows that stay as they were written. TRUNCATE goes by no row, so it is refused by a trigger of its own.
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY[
        'adjudication', 'caption', 'concept', 'draft', 'draft_set', 'evaluation', 'event', 'guidelines_version', 'review',
        'training_set', 'training_set_row'
    ] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
            kept || '_is_append_only', kept);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            kept || '_is_not_truncated', kept);
    END LOOP;
END $$;

-- (cluster, split) of an image are its cluster's, so near-duplicates share a split; and a cluster's split never changes.
ALTER TABLE image ADD CONSTRAINT image_shares_the_split_of_its_cluster
    FOREIGN KEY (cluster_id, split) REFERENCES image_cluster (id, split);

CREATE FUNCTION refuse_other_split() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.split IS DISTINCT FROM OLD.split THEN
        RAISE EXCEPTION 'the split of an image is fixed for the life of its project'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'image_cluster_split_is_fixed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER image_cluster_split_is_fixed BEFORE UPDATE ON image_cluster
    FOR EACH ROW EXECUTE FUNCTION refuse_other_split();

-- What was planted for a check is as fixed as the text that it was planted into.
CREATE FUNCTION refuse_other_starting_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the starting text of a task is copied in at launch and never changes'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'task_starting_text_is_fixed';
END $$;

CREATE TRIGGER task_starting_text_is_fixed BEFORE UPDATE ON task FOR EACH ROW
    WHEN ((OLD.starting_text, OLD.starting_source, OLD.alt_text_id, OLD.previous_caption_id, OLD.draft_id,
           OLD.round_id, OLD.image_id, OLD.check_kind, OLD.check_wrong, OLD.check_right)
          IS DISTINCT FROM
          (NEW.starting_text, NEW.starting_source, NEW.alt_text_id, NEW.previous_caption_id, NEW.draft_id,
           NEW.round_id, NEW.image_id, NEW.check_kind, NEW.check_wrong, NEW.check_right))
    EXECUTE FUNCTION refuse_other_starting_text();

CREATE FUNCTION refuse_held_out_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM image
        JOIN task ON task.image_id = image.id
        JOIN caption ON caption.task_id = task.id
        WHERE image.id = NEW.image_id AND caption.id = NEW.caption_id
          AND image.split = 'train' AND image.withdrawn_at IS NULL AND task.check_kind = ''
    ) THEN
        RAISE EXCEPTION 'image % must not reach a training set: held out, withdrawn, a check, or not what caption % is of',
            NEW.image_id, NEW.caption_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'training_set_row_not_held_out';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER training_set_row_not_held_out BEFORE INSERT ON training_set_row
    FOR EACH ROW EXECUTE FUNCTION refuse_held_out_rows();

CREATE FUNCTION refuse_own_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reviewer_id = (SELECT annotator_id FROM caption WHERE id = NEW.caption_id) THEN
        RAISE EXCEPTION 'nobody reviews their own caption'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'review_not_by_the_author';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER review_not_by_the_author BEFORE INSERT ON review
    FOR EACH ROW EXECUTE FUNCTION refuse_own_review();

-- A working copy knows whether its person lost the task to somebody else: only then may a late caption still come in.
CREATE FUNCTION note_lost_lease() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE working_copy SET lease_lost = true WHERE task_id = NEW.id AND annotator_id = OLD.annotator_id;
    RETURN NULL;
END $$;

CREATE TRIGGER note_lost_lease AFTER UPDATE OF annotator_id ON task FOR EACH ROW
    WHEN (OLD.state = 'claimed' AND NEW.annotator_id <> OLD.annotator_id)
    EXECUTE FUNCTION note_lost_lease();

-- A new member, however they became one, has no open invitation. steps/people/invite_person.py waits for this lock: it must not
-- invite someone who is being made a member at the same moment.
CREATE FUNCTION end_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM project WHERE id = NEW.project_id FOR KEY SHARE;
    DELETE FROM invitation WHERE project_id = NEW.project_id AND user_id = NEW.user_id;
    RETURN NULL;
END $$;

CREATE TRIGGER end_invitation AFTER INSERT ON membership FOR EACH ROW EXECUTE FUNCTION end_invitation();
