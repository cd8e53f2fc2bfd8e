-- The claim: which tasks a person gets next. One statement in all; steps/tasks/claim_task.py calls it.
--
-- First, tasks that others had taken back, and whose lease has ended, stand again as they were handed in. Then the caller is
-- given, in this order: what they hold (what came back to them first), fresh tasks from their bookmark on, fresh ones before it
-- (given back since), and tasks whose lease ran out in another's hands. Only tasks of their own lane: their cohort's in a round
-- with cohorts, else everybody's, lane 0.
--
-- "free_task" in braces stands for free_task.sql. A second task of an image among those found is made up for by another one: an
-- answer with one too few would tell that one of its images has a check.
CREATE FUNCTION claim_tasks(p_round bigint, p_annotator bigint, p_count integer, OUT refusal text, OUT ids bigint[])
LANGUAGE plpgsql
SET enable_sort = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off
AS $$
DECLARE
    lease interval;
    lane bigint;
    bookmark bigint;
    needed integer;
    found bigint[];
    fresh bigint[] := '{}';
    images bigint[] := '{}';
    several integer;
BEGIN
    SELECT make_interval(mins => round.lease_minutes),
        CASE WHEN round.cohort_shares = '{}' THEN 0 ELSE membership.cohort_id END,
        CASE WHEN membership.id IS NULL AND NOT (SELECT is_superuser FROM "user" WHERE id = p_annotator) THEN 'stranger'
            WHEN round.state <> 'open' THEN 'closed'
            WHEN membership.paused_at IS NOT NULL THEN 'paused'
            WHEN round.people <> '[]' AND NOT round.people @> to_jsonb(p_annotator) THEN 'not_asked'
            WHEN round.cohort_shares <> '{}' AND NOT coalesce(round.cohort_shares ? membership.cohort_id::text, false)
            THEN 'not_asked' END
        INTO lease, lane, refusal
        FROM round LEFT JOIN membership
            ON membership.project_id = round.project_id AND membership.user_id = p_annotator
        WHERE round.id = p_round;
    IF lease IS NULL OR refusal IS NOT NULL THEN
        refusal := coalesce(refusal, 'stranger');
        RETURN;
    END IF;

    SELECT position INTO bookmark FROM claim_bookmark
        WHERE round_id = p_round AND annotator_id = p_annotator FOR UPDATE;
    IF bookmark IS NULL THEN
        INSERT INTO claim_bookmark (round_id, annotator_id) VALUES (p_round, p_annotator)
            ON CONFLICT (round_id, annotator_id) DO NOTHING;
        SELECT position INTO bookmark FROM claim_bookmark
            WHERE round_id = p_round AND annotator_id = p_annotator FOR UPDATE;
    END IF;

    UPDATE task SET state = 'submitted', lease_expires_at = NULL WHERE id = ANY (ARRAY(
        SELECT task.id FROM task
        JOIN caption ON caption.id = task.current_caption_id AND caption.annotator_id = task.annotator_id
        WHERE task.round_id = p_round AND task.state = 'claimed' AND task.current_caption_id IS NOT NULL
            AND task.lease_expires_at < statement_timestamp() AND task.annotator_id <> p_annotator
            AND NOT EXISTS (SELECT FROM review WHERE review.caption_id = caption.id)
        FOR UPDATE OF task SKIP LOCKED));

    ids := ARRAY(
        SELECT id FROM task
        WHERE round_id = p_round AND annotator_id = p_annotator AND state IN ('claimed', 'returned')
        ORDER BY current_caption_id IS NULL, position LIMIT p_count FOR UPDATE);
    needed := p_count - cardinality(ids);
    WHILE needed > 0 LOOP
        found := ARRAY(
            SELECT id FROM task
            WHERE round_id = p_round AND state = 'pending' AND position > bookmark AND {free_task}
            ORDER BY position LIMIT needed FOR UPDATE SKIP LOCKED);
        IF cardinality(found) < needed AND bookmark > 0 THEN
            found := found || ARRAY(
                SELECT id FROM task
                WHERE round_id = p_round AND state = 'pending' AND position <= bookmark AND {free_task}
                ORDER BY position LIMIT needed - cardinality(found) FOR UPDATE SKIP LOCKED);
        END IF;
        IF cardinality(found) < needed THEN
            found := found || ARRAY(
                SELECT id FROM task
                WHERE round_id = p_round AND state = 'claimed' AND lease_expires_at < statement_timestamp()
                    AND annotator_id <> p_annotator AND {free_task}
                ORDER BY lease_expires_at LIMIT needed - cardinality(found) FOR UPDATE SKIP LOCKED);
        END IF;
        several := cardinality(found);
        IF several > 1 THEN
            found := ARRAY(
                SELECT found[min(turn)]
                FROM unnest(found) WITH ORDINALITY AS one (id, turn) JOIN task ON task.id = one.id
                GROUP BY task.image_id ORDER BY min(turn));
        END IF;
        fresh := fresh || found;
        needed := needed - cardinality(found);
        EXIT WHEN cardinality(found) = several;
        images := ARRAY(SELECT image_id FROM task WHERE id = ANY (fresh));
    END LOOP;
    IF cardinality(fresh) > 0 THEN
        UPDATE claim_bookmark SET position = reached.latest
            FROM (SELECT max(position) AS latest FROM task WHERE id = ANY (fresh) AND state = 'pending') AS reached
            WHERE round_id = p_round AND annotator_id = p_annotator AND reached.latest IS NOT NULL;
        ids := ids || fresh;
    END IF;

    UPDATE task SET state = 'claimed', annotator_id = p_annotator, lease_expires_at = statement_timestamp() + lease
        WHERE id = ANY (ids);
    INSERT INTO working_copy (task_id, annotator_id, text)
        SELECT id, p_annotator, starting_text FROM task WHERE id = ANY (ids)
        ON CONFLICT (task_id, annotator_id) DO NOTHING;
END $$
